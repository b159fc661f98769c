using System.Collections.Immutable;
using GraphGateway.Subgraphs.Server.Seeding;

namespace GraphGateway.Subgraphs.Orders.Data;

/// <summary>The first data of the orders service: invented, and the same on every machine.</summary>
public static class OrdersSeed
{
    // By category, in the order of ProductCategory; each noun with the first part of its stock keeping units.
    private static readonly (string Noun, string Sku)[][] Nouns =
    [
        [("Atlas", "ATLS"), ("Cookbook", "COOK"), ("Novel", "NOVL"), ("Travel Guide", "TRVL"), ("Poetry Collection", "POEM")],
        [("Headphones", "HEAD"), ("Keyboard", "KEYB"), ("Monitor", "MONI"), ("Speaker", "SPKR"), ("Webcam", "WCAM")],
        [("Watering Can", "WCAN"), ("Rake", "RAKE"), ("Bench", "BNCH"), ("Planter", "PLNT"), ("Hose", "HOSE")],
        [("Lamp", "LAMP"), ("Blanket", "BLKT"), ("Mirror", "MIRR"), ("Rug", "RUGS"), ("Shelf", "SHLF")],
        [("Kettle", "KETL"), ("Chef's Knife", "KNIF"), ("Saucepan", "SPAN"), ("Teapot", "TEAP"), ("Scale", "SCAL")],
        [("Notebook", "NOTE"), ("Fountain Pen", "FPEN"), ("Desk Tray", "TRAY"), ("Stapler", "STPL"), ("Calendar", "CLDR")],
        [("Tennis Racket", "RCKT"), ("Yoga Mat", "YOGA"), ("Backpack", "BPCK"), ("Bicycle Helmet", "HLMT"), ("Tent", "TENT")],
        [("Puzzle", "PUZL"), ("Board Game", "GAME"), ("Wooden Train", "TRAN"), ("Kite", "KITE"), ("Teddy Bear", "BEAR")],
    ];

    private static readonly string[] Adjectives =
        ["Classic", "Compact", "Nordic", "Urban", "Vintage", "Alpine", "Everyday", "Premium", "Little", "Grand", "Sunny", "Coastal", "Quiet"];

    /// <summary>All products, by id.</summary>
    public static ImmutableArray<ProductRow> Products()
    {
        var random = new SeededRandom(0x5EED_2001);
        return [.. Enumerable.Range(1, Shop.ProductCount).Select(id => MakeProduct(id, random))];
    }

    /// <summary>All orders, by id.</summary>
    public static ImmutableArray<OrderRow> Orders() => [.. Shop.Orders.Select(order => new OrderRow
    {
        Id = order.Id,
        Number = NumberOf(order.Id),
        CustomerId = order.CustomerId,
        Status = order.State switch
        {
            ShopOrderState.Placed => OrderStatus.Placed,
            ShopOrderState.Shipped => OrderStatus.Shipped,
            ShopOrderState.Delivered => OrderStatus.Delivered,
            _ => OrderStatus.Cancelled,
        },
        PlacedAt = order.PlacedAt,
        Total = order.Total,
    })];

    /// <summary>All items, by order.</summary>
    public static ImmutableArray<OrderItemRow> Items() =>
    [
        .. Shop.Orders.SelectMany(order => order.Lines, (order, line) => (order, line)).Select((pair, index) => new OrderItemRow
        {
            Id = index + 1,
            OrderId = pair.order.Id,
            ProductId = pair.line.ProductId,
            Quantity = pair.line.Quantity,
            UnitPrice = pair.line.UnitPrice,
        }),
    ];

    /// <summary>The number that customers are told for the order with the id.</summary>
    public static string NumberOf(int orderId) => $"ORD-{orderId:000000}";

    private static ProductRow MakeProduct(int id, SeededRandom random)
    {
        var category = Shop.CategoryOf(id);
        var (noun, sku) = Nouns[category][(id - 1) / Shop.CategoryCount % Nouns[category].Length];
        // Each noun comes about a dozen times: every time with another adjective.
        var adjective = Adjectives[(id - 1) / (Shop.CategoryCount * Nouns[category].Length) % Adjectives.Length];
        return new ProductRow
        {
            Id = id,
            Sku = $"{sku}-{id:0000}",
            Name = $"{adjective} {noun}",
            Category = (ProductCategory)category,
            Price = Shop.PriceOf(id),
            Stock = random.Chance(5) ? 0 : random.Next(1, 200),
        };
    }
}
