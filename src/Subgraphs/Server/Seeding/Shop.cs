using System.Collections.Immutable;

namespace GraphGateway.Subgraphs.Server.Seeding;

/// <summary>One line of an order of the shop's past.</summary>
/// <param name="ProductId">From 1 to <see cref="Shop.ProductCount"/>.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="UnitPrice">The price of a piece in euros.</param>
public sealed record ShopLine(int ProductId, int Quantity, decimal UnitPrice);

/// <summary>How far an order of the shop's past has come.</summary>
public enum ShopOrderState
{
    Placed,
    Shipped,
    Delivered,
    Cancelled,
}

/// <summary>An order of the shop's past.</summary>
public sealed record ShopOrder(int Id, int CustomerId, DateTimeOffset PlacedAt, ShopOrderState State, ImmutableArray<ShopLine> Lines)
{
    /// <summary>The sum of the lines in euros.</summary>
    public decimal Total => Lines.Sum(line => line.Quantity * line.UnitPrice);
}

/// <summary>
/// The invented past of the shop, as far as several services must agree on it: who registered when, what a product costs,
/// who ordered what. Each service computes it for its own first data, so that payments match orders without a service reading
/// another one's database. The same on every machine; ids count from 1 in the order of time.
/// </summary>
public static class Shop
{
    public const int UserCount = 1_000;
    public const int ProductCount = 500;
    public const int OrderCount = 10_000;
    public const int CategoryCount = 8;

    // The range of prices in euros of books, electronics, garden, home, kitchen, office, sports, toys.
    private static readonly (int Min, int Max)[] Prices = [(8, 45), (25, 900), (6, 250), (10, 400), (5, 180), (2, 120), (12, 500), (6, 90)];

    private static readonly Lazy<ImmutableArray<ShopOrder>> AllOrders = new(MakeOrders);

    /// <summary>When the first user registered.</summary>
    public static DateTimeOffset Opening { get; } = new(2021, 3, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The present of the first data: nothing in it is later.</summary>
    public static DateTimeOffset Today { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All orders, by id.</summary>
    public static ImmutableArray<ShopOrder> Orders => AllOrders.Value;

    /// <summary>When a user registered; a higher id is later.</summary>
    public static DateTimeOffset MemberSince(int userId)
    {
        var step = (Today - Opening).TotalSeconds / (UserCount + 1);
        var jitter = new SeededRandom(0x5EED_0001UL + (ulong)userId * 7919).Next(0, (int)step);
        return Opening.AddSeconds(Math.Floor((userId - 1) * step) + jitter);
    }

    /// <summary>The index of a product's category, from 0 to <see cref="CategoryCount"/> - 1.</summary>
    public static int CategoryOf(int productId) => (productId - 1) % CategoryCount;

    /// <summary>A product's price in euros.</summary>
    public static decimal PriceOf(int productId)
    {
        var (min, max) = Prices[CategoryOf(productId)];
        var random = new SeededRandom(0x5EED_0002UL + (ulong)productId * 7919);
        // The lower of two: most things are cheap.
        return Math.Min(random.Next(min, max), random.Next(min, max)) + random.Pick<decimal>([0.00m, 0.49m, 0.90m, 0.95m, 0.99m]);
    }

    private static ImmutableArray<ShopOrder> MakeOrders()
    {
        var random = new SeededRandom(0x5EED_0003);
        var since = Enumerable.Range(1, UserCount).Select(MemberSince).ToArray();
        var firstDay = Opening.AddDays(30);
        var step = (Today - firstDay).TotalSeconds / (OrderCount + 1);
        var orders = ImmutableArray.CreateBuilder<ShopOrder>(OrderCount);
        var members = 0;
        for (var id = 1; id <= OrderCount; id++)
        {
            var placedAt = firstDay.AddSeconds(Math.Floor((id - 1) * step) + random.Next(0, (int)step));
            while (members < UserCount && since[members] < placedAt)
            {
                members++;
            }

            orders.Add(new ShopOrder(id, 1 + random.Next(0, members), placedAt, StateOf(placedAt, random), MakeLines(random)));
        }

        return orders.MoveToImmutable();
    }

    private static ShopOrderState StateOf(DateTimeOffset placedAt, SeededRandom random) => random.Chance(4)
        ? ShopOrderState.Cancelled
        : (Today - placedAt).TotalDays switch { < 5 => ShopOrderState.Placed, < 12 => ShopOrderState.Shipped, _ => ShopOrderState.Delivered };

    private static ImmutableArray<ShopLine> MakeLines(SeededRandom random)
    {
        var count = random.Pick<int>([1, 1, 2, 2, 2, 3, 3, 4, 5]);
        var lines = ImmutableArray.CreateBuilder<ShopLine>(count);
        while (lines.Count < count)
        {
            var product = random.Next(1, ProductCount + 1);
            if (!lines.Any(line => line.ProductId == product))
            {
                lines.Add(new ShopLine(product, random.Pick<int>([1, 1, 1, 2, 2, 3]), PriceOf(product)));
            }
        }

        return lines.MoveToImmutable();
    }
}
