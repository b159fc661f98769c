using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Payments;

/// <summary>Payments by id.</summary>
public sealed class PaymentByIdLoader(PaymentsDb db) : BatchLoader<RowKey<PaymentRow, int>, PaymentRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<PaymentRow, int>, PaymentRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<PaymentRow, int>> keys, CancellationToken cancellationToken) =>
        db.Payments.FindByKeyAsync(keys, payment => payment.Id, cancellationToken);
}

/// <summary>Payments by order, the oldest first.</summary>
public sealed class PaymentsByOrderLoader(PaymentsDb db) : GroupLoader<RowKey<PaymentRow, int>, PaymentRow>
{
    protected override Task<ILookup<RowKey<PaymentRow, int>, PaymentRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<PaymentRow, int>> keys, CancellationToken cancellationToken) =>
        db.Payments.GroupByKeyAsync(keys, payment => payment.OrderId, payment => payment.Id, cancellationToken);
}

/// <summary>What was captured for orders, in euros.</summary>
public sealed class CapturedByOrderLoader(PaymentsDb db) : BatchLoader<int, decimal>
{
    protected override async Task<IReadOnlyDictionary<int, decimal>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        var orders = keys.ToList();
        var sums = db.Payments.Where(payment => orders.Contains(payment.OrderId) && payment.Status == PaymentStatus.Captured)
            .GroupBy(payment => payment.OrderId)
            .Select(payments => new { Order = payments.Key, Sum = payments.Sum(payment => payment.Amount) });
        return await sums.ToDictionaryAsync(sum => sum.Order, sum => sum.Sum, cancellationToken);
    }
}

/// <summary>A user, and which of the user's payments.</summary>
public sealed record PaymentsOfUser(int UserId, PageRequest<PaymentRow> Page);

/// <summary>Pages of users' payments: users who are asked the same share a statement.</summary>
public sealed class PaymentsByUserLoader(PaymentsDb db) : BatchLoader<PaymentsOfUser, Connection<PaymentRow>>
{
    private static readonly Sort<PaymentRow> NewestFirst =
        Sort<PaymentRow>.By(payment => payment.CreatedAt, descending: true).ThenBy(payment => payment.Id, descending: true);

    protected override async Task<IReadOnlyDictionary<PaymentsOfUser, Connection<PaymentRow>>> LoadBatchAsync(
        IReadOnlyList<PaymentsOfUser> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<PaymentsOfUser, Connection<PaymentRow>>();
        foreach (var group in keys.GroupBy(key => key.Page, key => key.UserId))
        {
            var found = await db.Payments.ToConnectionsAsync(
                group.ToArray(), payment => payment.PayerId, group.Key, payment => payment.Id, NewestFirst, cancellationToken);
            foreach (var (user, page) in found)
            {
                pages.Add(new PaymentsOfUser(user, group.Key), page);
            }
        }

        return pages;
    }
}

/// <summary>How a user's payments went.</summary>
/// <param name="All">How many payments were tried.</param>
/// <param name="Failed">How many of them failed.</param>
public sealed record PaymentHistory(int All, int Failed);

/// <summary>How users' payments went.</summary>
public sealed class HistoryByUserLoader(PaymentsDb db) : BatchLoader<int, PaymentHistory>
{
    protected override async Task<IReadOnlyDictionary<int, PaymentHistory>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        var users = keys.ToList();
        var counts = db.Payments.Where(payment => users.Contains(payment.PayerId))
            .GroupBy(payment => payment.PayerId)
            .Select(payments => new { User = payments.Key, All = payments.Count(), Failed = payments.Count(payment => payment.Status == PaymentStatus.Failed) });
        return await counts.ToDictionaryAsync(count => count.User, count => new PaymentHistory(count.All, count.Failed), cancellationToken);
    }
}
