using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Users.Data;

namespace GraphGateway.Subgraphs.Users;

/// <summary>Users by id.</summary>
public sealed class UserByIdLoader(UsersDb db) : BatchLoader<RowKey<UserRow, int>, UserRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<UserRow, int>, UserRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<UserRow, int>> keys, CancellationToken cancellationToken) =>
        db.Users.FindByKeyAsync(keys, user => user.Id, cancellationToken);
}

/// <summary>Users by normalized email address.</summary>
public sealed class UserByEmailLoader(UsersDb db) : BatchLoader<RowKey<UserRow, string>, UserRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<UserRow, string>, UserRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<UserRow, string>> keys, CancellationToken cancellationToken) =>
        db.Users.FindByKeyAsync(keys, user => user.Email, cancellationToken);
}

/// <summary>Addresses by user, in the order in which they were added.</summary>
public sealed class AddressesByUserLoader(UsersDb db) : GroupLoader<RowKey<AddressRow, int>, AddressRow>
{
    protected override Task<ILookup<RowKey<AddressRow, int>, AddressRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<AddressRow, int>> keys, CancellationToken cancellationToken) =>
        db.Addresses.GroupByKeyAsync(keys, address => address.UserId, address => address.Id, cancellationToken);
}
