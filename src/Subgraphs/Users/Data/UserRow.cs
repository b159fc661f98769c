using GraphGateway.Subgraphs.Server;

namespace GraphGateway.Subgraphs.Users.Data;

/// <summary>How loyal a user is: the more is bought, the higher.</summary>
[GraphQLType("LoyaltyTier")]
public enum LoyaltyTier
{
    Bronze,
    Silver,
    Gold,
    Platinum,
}

/// <summary>What an address is for.</summary>
[GraphQLType("AddressKind")]
public enum AddressKind
{
    Shipping,
    Billing,
}

/// <summary>A user as the database keeps it.</summary>
[GraphQLType("User")]
public sealed class UserRow
{
    /// <summary>Counts from 1; the other services know the user by it.</summary>
    public int Id { get; init; }

    /// <summary>In lower case; unique.</summary>
    public required string Email { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset MemberSince { get; init; }

    public LoyaltyTier LoyaltyTier { get; init; }

    /// <summary>In euros.</summary>
    public decimal CreditLimit { get; init; }
}

/// <summary>An address as the database keeps it: both kinds in one table.</summary>
public sealed class AddressRow
{
    public int Id { get; init; }

    public int UserId { get; init; }

    public AddressKind Kind { get; init; }

    public required string Street { get; init; }

    public required string City { get; init; }

    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string CountryCode { get; init; }

    /// <summary>Of shipping addresses alone.</summary>
    public string? Instructions { get; init; }

    /// <summary>Of billing addresses alone.</summary>
    public string? VatNumber { get; init; }
}
