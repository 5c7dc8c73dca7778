use super::*;

fn label(address: &Address) -> String {
    let numbers: Vec<_> = address
        .numbers
        .iter()
        .map(|n| match n.sub {
            Some(sub) => format!("{}-{sub}", n.number),
            None => n.number.to_string(),
        })
        .collect();
    let blocks: Vec<_> = address.blocks.iter().map(|b| format!("#{b}")).collect();
    format!("{} {}{}", address.road, numbers.join(","), blocks.join(""))
}

#[test]
fn an_address_is_roads_with_numbers() {
    for (raw, expected) in [
        ("八一大道12号院", "八一大道 12"),
        ("五一路一号", "五一路 1"),
        ("江西省南昌市东湖区爱国路87号", "爱国路 87"),
        ("(东湖区)富大有路9号", "富大有路 9"),
        ("江西南昌东湖区南京西路608", "南京西路 608"),
        ("东湖江西省南昌市东湖区爱国路87号", "爱国路 87"),
        ("青山湖南昌市青山湖区北京东路1198号", "北京东路 1198"),
        ("西湖桃苑西路12号", "桃苑西路 12"),
        ("青山湖大道12号", "青山湖大道 12"),
        ("东湖-阳明东路-永外正街158号", "阳明东路 |永外正街 158"),
        ("南京东路12-18号", "南京东路 12,14,16,18"),
        ("南京东路12、14号", "南京东路 12,14"),
        ("南京东路12-1号", "南京东路 12-1"),
        ("南京东路12号附1号", "南京东路 12-1"),
        ("解放路357弄5号", "解放路 357-5"),
        ("南京东路988号509号", "南京东路 509,988"),
        ("南京东路58号，60号", "南京东路 58,60"),
        ("建设路12#", "建设路 12"),
        ("建设路12号3栋", "建设路 12#3"),
        ("建设路12号3幢", "建设路 12#3"),
        ("建设路12号3号楼", "建设路 12#3"),
        ("迎宾大道祥瑞蓝堡4号楼", "迎宾大道 "),
        ("系马桩87号", "系马桩 87"),
        ("下沙沟路1号,下沙沟19号", "下沙沟路 1|下沙沟 19"),
        ("抚生南路与八月湖路交汇处", "抚生南路 |八月湖路 "),
        ("洪城路和十字街交汇处", "洪城路 |十字街 "),
        ("丰和南大道1555号", "丰和南大道 1555"),
        ("和平路12号", "和平路 12"),
        ("长堎大道12号对面", "长堎大道 "),
        ("滕王阁街道民巷12号", "民巷 12"),
        ("阳光县县前路12号", "县前路 12"),
        ("地铁2号线", ""),
        ("未来科技城13号地", ""),
        ("三经路", "三经路 "),
        ("", ""),
        ("路", ""),
        ("13970000000号", ""),
    ] {
        let labels: Vec<_> = parse_address(raw).iter().map(label).collect();
        assert_eq!(labels.join("|"), expected, "{raw}");
    }
}

#[test]
fn one_shared_number_on_one_road_relates_two_addresses() {
    let same = |road: &str, number| AddressRelation::SameRoadNumber {
        road: road.into(),
        number,
    };
    let bare = |road: &str| AddressRelation::SameRoad { road: road.into() };
    let other = |road: &str| AddressRelation::SameRoadOtherNumber { road: road.into() };
    for (a, b, expected) in [
        (
            "永外正街130号",
            "东湖-阳明东路-永外正街130号",
            same("永外正街", 130),
        ),
        ("建设路12-18号", "建设路16号", same("建设路", 16)),
        ("建设路12号", "建设路12-1号", same("建设路", 12)),
        ("建设路12号附2号", "建设路12-1号", other("建设路")),
        ("莲塘解放路63号", "解放路63号", same("解放路", 63)),
        ("建设路12号", "建设路14号", other("建设路")),
        ("建设路12号", "建设路", bare("建设路")),
        ("建设路", "建设路", bare("建设路")),
        (
            "建设路",
            "人民路",
            AddressRelation::OtherRoads {
                roads: ["建设路".into(), "人民路".into()],
            },
        ),
        ("", "人民路", AddressRelation::Unknown),
        ("建设路12号", "人民路12号", AddressRelation::OtherRoad),
        ("北京东路12号", "北京西路12号", AddressRelation::OtherRoad),
    ] {
        let (a, b) = (parse_address(a), parse_address(b));
        assert_eq!(relation(&a, &b), expected, "{a:?} {b:?}");
        let turned = match expected {
            AddressRelation::OtherRoads { roads: [a, b] } => {
                AddressRelation::OtherRoads { roads: [b, a] }
            }
            expected => expected,
        };
        assert_eq!(relation(&b, &a), turned, "{b:?} {a:?}");
    }
}
