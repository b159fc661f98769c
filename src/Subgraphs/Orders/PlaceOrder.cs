using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Orders;

/// <summary><c>Mutation.placeOrder</c>.</summary>
[GraphQLType("Mutation")]
public static class PlaceOrder
{
    private const int LinesMax = 50;
    private const int QuantityMax = 1_000;

    /// <summary>
    /// 1. Checks the input. 2. Takes the pieces from the stock, each line by one statement that changes nothing when too few are left.
    /// 3. Writes order and items. 2 and 3 are one transaction, which is given up when a product or a piece is missing.
    /// </summary>
    public static async Task<PlaceOrderPayload?> PlaceOrderAsync(
        PlaceOrderInput input, IDbContextFactory<OrdersDb> contexts, TimeProvider clock, CancellationToken cancellation)
    {
        // 1.
        var errors = Check(input);
        if (!errors.IsEmpty)
        {
            return new PlaceOrderPayload(null, errors.All);
        }

        // 2.
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (lines, failures) = await TakeAsync(db, input.Lines, cancellation);
        if (failures.Count > 0)
        {
            return new PlaceOrderPayload(null, failures);
        }

        // 3.
        var order = await WriteAsync(db, Ids.Parse(input.CustomerId)!.Value, lines, clock, cancellation);
        await transaction.CommitAsync(cancellation);
        return new PlaceOrderPayload(order, []);
    }

    private static InputErrors Check(PlaceOrderInput input)
    {
        var errors = new InputErrors();
        errors.Check(Ids.Parse(input.CustomerId) is not null, "customerId", "This cannot be the id of a user.");
        errors.Check(input.Lines.Count is >= 1 and <= LinesMax, "lines", $"Give 1 to {LinesMax} lines.");
        for (var i = 0; i < Math.Min(input.Lines.Count, LinesMax); i++)
        {
            var line = input.Lines[i];
            errors.Check(line.Quantity is >= 1 and <= QuantityMax, $"lines[{i}].quantity", $"Give 1 to {QuantityMax}.");
            errors.Check(!input.Lines.Take(i).Any(other => other.ProductId == line.ProductId), $"lines[{i}].productId", "Give each product in one line.");
        }

        return errors;
    }

    private static async Task<(List<(ProductRow Product, int Quantity)> Lines, List<IError> Failures)> TakeAsync(
        OrdersDb db, IReadOnlyList<OrderLineInput> lines, CancellationToken cancellation)
    {
        var ids = lines.Select(line => Ids.Parse(line.ProductId)).OfType<int>().ToList();
        var products = await db.Products.Where(product => ids.Contains(product.Id)).ToDictionaryAsync(product => product.Id, cancellation);
        var (taken, failures) = (new List<(ProductRow, int)>(), new List<IError>());
        // Always in the order of ids: two orders of the same products wait for each other and never both ways.
        foreach (var line in lines.OrderBy(line => Ids.Parse(line.ProductId) ?? int.MaxValue))
        {
            if (Ids.Parse(line.ProductId) is not { } id || !products.TryGetValue(id, out var product))
            {
                failures.Add(new ProductNotFoundError(line.ProductId));
                continue;
            }

            var changed = await db.Products.Where(row => row.Id == id && row.Stock >= line.Quantity)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Stock, row => row.Stock - line.Quantity), cancellation);
            if (changed == 1)
            {
                taken.Add((product, line.Quantity));
                continue;
            }

            // Read again: another order may have taken pieces since.
            var left = await db.Products.SingleAsync(row => row.Id == id, cancellation);
            failures.Add(new OutOfStockError(left, left.Stock));
        }

        return (taken, failures);
    }

    private static async Task<OrderRow> WriteAsync(
        OrdersDb db, int customerId, List<(ProductRow Product, int Quantity)> lines, TimeProvider clock, CancellationToken cancellation)
    {
        var order = new OrderRow
        {
            // The number is made of the id, which only the database knows; until then any unique text will do.
            Number = Guid.NewGuid().ToString("N"),
            CustomerId = customerId,
            Status = OrderStatus.Placed,
            // Milliseconds, which both databases keep: what is answered now is what is read later.
            PlacedAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            Total = lines.Sum(line => line.Quantity * line.Product.Price),
        };
        db.Add(order);
        await db.SaveChangesAsync(cancellation);
        order.Number = OrdersSeed.NumberOf(order.Id);
        db.AddRange(lines.Select(line => new OrderItemRow
        {
            OrderId = order.Id,
            ProductId = line.Product.Id,
            Quantity = line.Quantity,
            UnitPrice = line.Product.Price,
        }));
        await db.SaveChangesAsync(cancellation);
        return order;
    }
}
