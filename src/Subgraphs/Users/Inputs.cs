using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using GraphGateway.Subgraphs.Users.Data;

namespace GraphGateway.Subgraphs.Users;

/// <summary>A new user.</summary>
[GraphQLType("RegisterUserInput")]
public sealed record RegisterUserInput(string Name, string Email, AddressInput? Address);

/// <summary>What to change of a user; null leaves as it is.</summary>
[GraphQLType("UpdateUserInput")]
public sealed record UpdateUserInput(string Id, string? Name, string? Email, AddressInput? AddAddress);

/// <summary>A new address.</summary>
[GraphQLType("AddressInput")]
public sealed record AddressInput(
    AddressKind Kind, string Street, string City, string PostalCode, string CountryCode, string? Instructions, string? VatNumber);

/// <summary>What came of registering a user.</summary>
[GraphQLType("RegisterUserPayload")]
public sealed record RegisterUserPayload(UserRow? User, IReadOnlyList<IError> Errors);

/// <summary>What came of changing a user.</summary>
[GraphQLType("UpdateUserPayload")]
public sealed record UpdateUserPayload(UserRow? User, IReadOnlyList<IError> Errors);

/// <summary>The email address belongs to another user.</summary>
[GraphQLType("EmailTakenError")]
public sealed record EmailTakenError(string Email) : IError
{
    public string Message => $"There is a user with the email address {Email} already.";
}

/// <summary>There is no user with the id.</summary>
[GraphQLType("UserNotFoundError")]
public sealed record UserNotFoundError(string UserId) : IError
{
    public string Message => $"There is no user with the id {UserId}.";
}

/// <summary>Email addresses as this service compares them.</summary>
public static class Emails
{
    /// <summary>One spelling of each address: in lower case, without space around it.</summary>
    public static string Normalize(string email) => email.Trim().ToLowerInvariant();

    /// <summary>True for a name, an at sign and a domain with a dot; whether somebody reads it, only a message to it can tell.</summary>
    public static bool IsPlausible(string email) =>
        email.Length <= 254
        && email.Split('@') is [{ Length: > 0 }, { } domain]
        && domain.Split('.') is { Length: > 1 } labels
        && labels.All(label => label.Length > 0)
        && !email.Any(char.IsWhiteSpace);
}
