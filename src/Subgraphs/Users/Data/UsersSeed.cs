using System.Collections.Immutable;
using System.Text;
using GraphGateway.Subgraphs.Server.Seeding;

namespace GraphGateway.Subgraphs.Users.Data;

/// <summary>The first data of the users service: invented, and the same on every machine.</summary>
public static class UsersSeed
{
    private static readonly string[] GivenNames =
    [
        "Ada", "Amélie", "Anton", "Beatriz", "Bruno", "Carla", "Chiara", "Daniel", "Elena", "Emil", "Eva", "Felix", "Freya", "Greta", "Hugo",
        "Ines", "Isaac", "Jana", "Jonas", "Karin", "Lars", "Leonie", "Lucas", "Maja", "Marco", "Mila", "Nadia", "Niklas", "Noor", "Olivia",
        "Oscar", "Paula", "Petra", "Rafael", "Rosa", "Samuel", "Sofia", "Theo", "Vera", "Yusuf",
    ];

    private static readonly string[] FamilyNames =
    [
        "Albrecht", "Andersen", "Bauer", "Bianchi", "Blanc", "Costa", "Dahl", "Demir", "Dubois", "Eriksson", "Fernández", "Fischer", "Fontaine",
        "García", "Haas", "Hansen", "Horvat", "Ivanova", "Jansen", "Keller", "Kowalski", "Lambert", "Larsen", "Lindqvist", "Marino", "Meier",
        "Moreau", "Nielsen", "Novak", "Okafor", "Peeters", "Pereira", "Ricci", "Romano", "Schneider", "Silva", "Svensson", "Vogel", "Weber", "Ziegler",
    ];

    private static readonly (string City, string Country, string Postal, string VatPrefix)[] Cities =
    [
        ("Berlin", "DE", "101##", "DE"), ("Hamburg", "DE", "200##", "DE"), ("Wien", "AT", "10#0", "ATU"), ("Paris", "FR", "750##", "FR"),
        ("Lyon", "FR", "690##", "FR"), ("Milano", "IT", "201##", "IT"), ("Madrid", "ES", "280##", "ES"), ("Lisboa", "PT", "1###-0##", "PT"),
        ("Amsterdam", "NL", "10## AB", "NL"), ("Antwerpen", "BE", "20#0", "BE"), ("København", "DK", "1###", "DK"), ("Stockholm", "SE", "11# ##", "SE"),
    ];

    private static readonly Dictionary<string, string[]> Streets = new()
    {
        ["AT"] = ["Am Markt", "Gartengasse", "Schulgasse"],
        ["BE"] = ["Kerkstraat", "Molenweg", "Stationsstraat"],
        ["DE"] = ["Hauptstraße", "Lindenweg", "Parkallee"],
        ["DK"] = ["Nørregade", "Strandvejen", "Vestergade"],
        ["ES"] = ["Calle Mayor", "Calle del Sol", "Paseo del Prado"],
        ["FR"] = ["Rue Victor Hugo", "Rue des Lilas", "Avenue de la Gare"],
        ["IT"] = ["Via Garibaldi", "Via Roma", "Corso Italia"],
        ["NL"] = ["Dorpsstraat", "Prinsengracht", "Beukenlaan"],
        ["PT"] = ["Rua Augusta", "Rua das Flores", "Avenida da Liberdade"],
        ["SE"] = ["Storgatan", "Kungsgatan", "Björkvägen"],
    };

    private static readonly string?[] Instructions = [null, null, null, "Ring twice.", "Leave it with the neighbours.", "Second floor, left.", "Only after 6 pm."];

    /// <summary>All users, by id.</summary>
    public static ImmutableArray<UserRow> Users()
    {
        var random = new SeededRandom(0x5EED_1001);
        var spent = Shop.Orders.Where(order => order.State is not ShopOrderState.Cancelled)
            .GroupBy(order => order.CustomerId).ToDictionary(orders => orders.Key, orders => orders.Sum(order => order.Total));
        return [.. Enumerable.Range(1, Shop.UserCount).Select(id => MakeUser(id, spent.GetValueOrDefault(id), random))];
    }

    /// <summary>All addresses: one or two to ship to for each user, and one for invoices for every third or so.</summary>
    public static ImmutableArray<AddressRow> Addresses()
    {
        var random = new SeededRandom(0x5EED_1002);
        var rows = ImmutableArray.CreateBuilder<AddressRow>();
        for (var user = 1; user <= Shop.UserCount; user++)
        {
            rows.Add(MakeAddress(rows.Count + 1, user, AddressKind.Shipping, random));
            if (random.Chance(25))
            {
                rows.Add(MakeAddress(rows.Count + 1, user, AddressKind.Shipping, random));
            }

            if (random.Chance(35))
            {
                rows.Add(MakeAddress(rows.Count + 1, user, AddressKind.Billing, random));
            }
        }

        return rows.ToImmutable();
    }

    private static UserRow MakeUser(int id, decimal spent, SeededRandom random)
    {
        var (given, family) = (random.Pick<string>(GivenNames), random.Pick<string>(FamilyNames));
        var tier = spent switch { < 1_500 => LoyaltyTier.Bronze, < 5_000 => LoyaltyTier.Silver, < 12_000 => LoyaltyTier.Gold, _ => LoyaltyTier.Platinum };
        return new UserRow
        {
            Id = id,
            Name = $"{given} {family}",
            // The id keeps two users of one name apart.
            Email = $"{Plain(given)}.{Plain(family)}.{id}@example.com",
            MemberSince = Shop.MemberSince(id),
            LoyaltyTier = tier,
            CreditLimit = 500m * (1 + (int)tier) + 50m * random.Next(0, 10),
        };
    }

    private static AddressRow MakeAddress(int id, int user, AddressKind kind, SeededRandom random)
    {
        var (city, country, postal, vatPrefix) = random.Pick<(string, string, string, string)>(Cities);
        return new AddressRow
        {
            Id = id,
            UserId = user,
            Kind = kind,
            Street = $"{random.Pick<string>(Streets[country])} {random.Next(1, 120)}",
            City = city,
            PostalCode = Digits(postal, random),
            CountryCode = country,
            Instructions = kind is AddressKind.Shipping ? random.Pick<string?>(Instructions) : null,
            VatNumber = kind is AddressKind.Billing && random.Chance(70) ? Digits(vatPrefix + "#########", random) : null,
        };
    }

    private static string Digits(string pattern, SeededRandom random) =>
        string.Concat(pattern.Select(c => c == '#' ? (char)('0' + random.Next(0, 10)) : c));

    private static string Plain(string name) => new StringBuilder(name.ToLowerInvariant()).Replace('é', 'e').Replace('á', 'a').Replace('í', 'i').ToString();
}
