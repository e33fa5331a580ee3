"""The articles of the made pages. None of them was ever published; names, places and figures are made up."""

from __future__ import annotations

from datetime import date

from monitor.article import Article

POULTRY = Article(
    publication="KCNA",
    title="Respected Comrade Kim Jong Un Gives Field Guidance to Songho Poultry Farm",
    published=date(2024, 8, 3),
    paragraphs=(
        "Pyongyang, August 3 (KCNA) -- The respected Comrade Kim Jong Un gave field guidance to the newly-built Songho "
        "Poultry Farm.",
        "He was accompanied by Ri Chol Ryong, Pak Un Hyok, Choe Kyong Su and other leading officials.",
        "Going round the general control room, the hatchery and the sorting ground, Comrade Kim Jong Un learned in "
        "detail about "
        "the construction and operation of the farm, which has an annual capacity of 2 100 tons of meat and over 12 "
        "million eggs.",
        "Saying that President Kim Il Sung and Chairman Kim Jong Il paid visits to the old farm on 14 occasions, he "
        "noted that the "
        "officials and builders had translated their lifelong desire into reality.",
        "“A modern farm is modern only when its keepers' work is light,” he said, and asked whether the feed is carried "
        "without "
        "human hands.",
        "He set forth tasks to be tackled by the farm: to raise the rate of eggs per head by 6.5 percent, to finish the "
        "processing line for by-products by the end of October, and to make the compound green.",
        "Expressing belief that the employees of the farm would fulfil their duty, Kim Jong Un had a photo session with them.",
        "The employees of the farm hardened the resolve to give fuller play to the might of the new farm and thus "
        "contribute to "
        "improving the people's diet. -0-",
    ),
)
PLANT = Article(
    publication="KCNA",
    title="Hydropower Plant No. 4 Goes Operational in Kangan County",
    published=date(2024, 10, 30),
    paragraphs=(
        "Pyongyang, October 30 (KCNA) -- Kangan Hydropower Plant No. 4 was completed and went operational with due ceremony.",
        "Its builders completed the dam, the 3 400-metre-long waterway tunnel and the generator room in less than two years.",
        "Present at the ceremony held on the spot on Tuesday were Kim Sang Rim, Jon Myong Ho and other officials "
        "concerned, and "
        "builders.",
        "Speakers said that the plant is a fruition of the patriotism of the people in the county, who prepared building "
        "materials "
        "on their own.",
        "The participants watched water being discharged to the sluice with the switch-on of generator No. 1. -0-",
    ),
)
CONGRESS = Article(
    publication="KCNA",
    title="Letter of Thanks to Comrade Kim Jong Un Adopted at Congress of Agricultural Workers",
    published=None,
    paragraphs=(
        "Pyongyang, July 18 (KCNA) -- The Tenth Congress of Agricultural Workers closed on Saturday after three days of work.",
        "A letter of thanks to the respected Comrade Kim Jong Un was adopted with the enthusiastic approval of all its "
        "participants.",
        "The congress reviewed the wheat and barley harvest, which was 18.2 percent above that of the previous year in "
        "the western "
        "provinces, and discussed ways for making good the losses caused by the drought in May and June.",
        "O Il Nam, Han Sol Gyong and Paek Chun Ryol, who took the floor, said that the system of work teams “proved its "
        "worth in the "
        "field, not on paper”.",
        "It was stressed that over 5,156 hectares of paddies are to be brought under drip irrigation before next spring.",
        "Elected to the standing committee were 41 persons, among them 12 women.",
        "The participants visited the Palace of the Sun, where President Kim Il Sung and Chairman Kim Jong Il lie in state. -0-",
    ),
)
SALTERN = Article(
    publication="조선중앙통신",
    title="경애하는 김정은동지께서 새로 건설된 남해리제염소를 현지지도하시였다",
    published=date(2025, 6, 12),
    paragraphs=(
        "(평양 6월 12일발 조선중앙통신) 조선로동당 총비서이신 경애하는 김정은동지께서 새로 건설된 남해리제염소를 "
        "현지지도하시였다.",
        "리철룡동지, 박은혁동지, 최경수동지를 비롯한 당과 정부의 지도간부들이 동행하였다.",
        "김정은동지께서는 지하초염수에 의한 소금생산공정을 돌아보시면서 능력과 건설정형을 구체적으로 료해하시였다.",
        "위대한 수령 김일성동지와 위대한 령도자 김정일동지께서는 소금생산을 늘이기 위한 사업에 깊은 관심을 돌려주시였다.",
        "김정은동지께서는 년간 3만 2천t의 소금을 더 생산할수 있게 되였다고 하시면서 정보당 생산량을 1.4배로 높일데 "
        "대하여 말씀하시였다.",
        "제염소의 종업원들은 10월 10일까지 올해 계획을 앞당겨 수행할 결의를 다짐하였다.(끝)",
    ),
)
SALTERN_LATER = Article(SALTERN.publication, SALTERN.title, None, SALTERN.paragraphs)
ORCHARD = Article(
    publication="Rodong Sinmun",
    title="Fruits of Devoted Service Ripen in Kosan Plain",
    published=date(2026, 2, 19),
    paragraphs=(
        "Every tree bears the sweat of those who planted it",
        "The fruit growers of Kosan speak of February as the month in which the harvest is decided.",
        "Work team No. 7 has finished pruning 84 hectares of apple trees ten days earlier than in other years.",
        "Its head, Ryu Sun Ok, says: “We counted the buds on each branch. Nobody had asked us to.”",
        "Technicians from the agricultural institute brought a solution made of pine needles, which keeps the bark from "
        "cracking, "
        "and 1 200 litres of it were sprayed in a single week.",
        "What the General Secretary Kim Jong Un said on the spot 3 years ago stands on the wall of the workshop.",
        "On the road to the cold store",
        "Lorries went 46 times in a day between the orchard and the new cold store at the foot of Mt Taebong.",
        "Kim Chol Min",
    ),
)
BRIDGE = Article(
    publication="Rodong Sinmun",
    title="New Bridge over the Ryesong River Opened to Traffic",
    published=date(2023, 3, 13),
    paragraphs=(
        "The bridge over the Ryesong River at Paekchon was opened to traffic on the 12th.",
        "It is 412 metres long and 14 metres wide, and took the builders 19 months.",
        "The inauguration was attended by Jang Kum Chol, director of a department of the Cabinet, and builders.",
        "“My grandmother crossed here on a ferry, with a pig under her arm,” said Ri Hye Sim, who was the first to walk over it.",
        "The old ferry is to be kept as a museum piece.",
    ),
)
LIBRARY = Article(
    publication="Rodong Sinmun",
    title="Electronic Library of Kanggye University Enriched",
    published=None,
    paragraphs=(
        "Teaching staff and students of Kanggye University are using over 40 000 more e-books since autumn.",
        "The library was laid out anew under the care of Chairman Kim Jong Il, who sent 1 500 volumes to it in 2009.",
        "A reading program written by students of the faculty of information science finds a word in all of them in two seconds.",
        "Lectures are transmitted to factories of the province three times a week.",
    ),
)
FIELD = Article(
    publication="로동신문",
    title="봄보리파종을 제철에 질적으로",
    published=date(2026, 2, 24),
    paragraphs=(
        "서해곡창 농업근로자들이 떨쳐나섰다",
        "해주벌의 농업근로자들이 봄보리파종에 일제히 들어갔다.",
        "련암농장 제3작업반에서는 첫날에만도 46정보의 씨뿌리기를 끝냈다.",
        "경애하는 김정은동지께서 주신 과업을 포전마다에서 빛나게 관철하자고 작업반장 류선옥동무는 말하였다.",
        "군에서는 뜨락또르 28대의 수리정비를 열흘 앞당겨 결속하였으며 도시거름 1 200t을 실어냈다.",
        "본사기자 김철민",
    ),
)
PORCELAIN = Article(
    publication="Naenara",
    title="Koryo Celadon Fired in a Mountain Kiln",
    published=date(2025, 11, 17),
    paragraphs=(
        "The potters of Sinphung, a village of 60 houses in the north of Kaesong, fire celadon in a kiln that was dug "
        "into the slope "
        "eight hundred years ago.",
        "“The wood decides,” says Mun Ok Ju, 71, who has kept the fire since she was a girl. “Pine for the first two "
        "days, oak for "
        "the third, and nobody sleeps on the fourth.”",
        "A celadon jar with cranes that left the kiln in spring was shown at the national exhibition of industrial art and "
        "bought by the museum of the city.",
        "Chemical analysis by the Academy of Sciences found the glaze to hold 2.3 percent of iron oxide, which is what "
        "gives the "
        "colour of the sky after rain.",
        "Eleven apprentices from all over the country are learning the craft there now.",
    ),
)
FESTIVAL = Article(
    publication="Voice of Korea",
    title="Kimchi Contest Held in Pyongyang",
    published=date(2024, 11, 5),
    paragraphs=(
        "A kimchi contest took place at the Pyongyang Noodle House on November 4 and 5.",
        "More than 80 cooks and housewives from all provinces showed over 200 dishes on the tables of the main hall.",
        "The jury gave special prizes to the whole-cabbage kimchi of South Hwanghae Province and to a radish water "
        "kimchi that Kang "
        "Jong Sil of Hamhung had kept in a jar under snow.",
        "Professor Song Un A of the institute of food told the visitors how many useful bacteria one spoon of it holds.",
        "The custom of making kimchi was put on the list of the intangible heritage of humanity in 2015.",
    ),
)
