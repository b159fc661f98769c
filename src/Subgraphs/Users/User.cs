using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using GraphGateway.Subgraphs.Users.Data;

namespace GraphGateway.Subgraphs.Users;

/// <summary>The fields of <c>User</c> that are more than a column.</summary>
[GraphQLType("User")]
public static class User
{
    /// <summary>Up to how much the user may owe.</summary>
    public static Money CreditLimit([Parent, Requires(nameof(UserRow.CreditLimit))] UserRow user) => Money.Euros(user.CreditLimit);

    /// <summary>The user's addresses; those of many users are one statement.</summary>
    public static async Task<IReadOnlyList<IAddress>> AddressesAsync([Parent, Requires(nameof(UserRow.Id))] UserRow user, AddressesByUserLoader addresses)
    {
        // An address is of one of two types, which its row tells: all of it is read.
        var rows = await addresses.LoadAsync(new(user.Id, Projection<AddressRow>.All));
        return [.. rows.Select(Address.Of)];
    }
}

/// <summary>The interface <c>Address</c>.</summary>
public interface IAddress
{
    int Id { get; }

    string Street { get; }

    string City { get; }

    string PostalCode { get; }

    string CountryCode { get; }
}

/// <summary>Where goods are sent.</summary>
[GraphQLType("ShippingAddress")]
public sealed record ShippingAddress(int Id, string Street, string City, string PostalCode, string CountryCode, string? Instructions) : IAddress;

/// <summary>Where invoices are sent.</summary>
[GraphQLType("BillingAddress")]
public sealed record BillingAddress(int Id, string Street, string City, string PostalCode, string CountryCode, string? VatNumber) : IAddress;

/// <summary>From a row of addresses to the type of its kind.</summary>
public static class Address
{
    /// <summary>The address that the row keeps.</summary>
    public static IAddress Of(AddressRow row) => row.Kind is AddressKind.Billing
        ? new BillingAddress(row.Id, row.Street, row.City, row.PostalCode, row.CountryCode, row.VatNumber)
        : new ShippingAddress(row.Id, row.Street, row.City, row.PostalCode, row.CountryCode, row.Instructions);
}
