using GraphGateway.Http;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using GraphGateway.Subgraphs.Users.Data;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Users;

/// <summary>The fields of <c>Query</c>.</summary>
[GraphQLType("Query")]
public static class Query
{
    /// <summary>A lookup; many of one request become one statement.</summary>
    public static async Task<UserRow?> UserByIdAsync(string id, UserByIdLoader users, Projection<UserRow> columns) =>
        Ids.Parse(id) is { } key ? await users.LoadAsync(new(key, columns)) : null;

    /// <summary>A lookup; many of one request become one statement.</summary>
    public static Task<UserRow?> UserByEmailAsync(string email, UserByEmailLoader users, Projection<UserRow> columns) =>
        users.LoadAsync(new(Emails.Normalize(email), columns));

    /// <summary>
    /// Who asks, as the gateway says it. A token names a user by id or email address (<c>sub</c>); an API key, which is a program's, only where it was made for
    /// an email address. Of several issuers the same name could be two people, so that only one names the shop's
    /// (<see cref="GatewayIdentitySettings.UserIssuer"/>).
    /// </summary>
    public static async Task<UserRow?> MeAsync(
        ClientIdentity client, GatewayIdentitySettings settings, UserByIdLoader byId, UserByEmailLoader byEmail, Projection<UserRow> columns)
    {
        var isOurs = client.Issuer == settings.UserIssuer;
        var name = client.Kind == ClientKind.ApiKey ? client.Consumer : isOurs ? client.Subject : null;
        return name is null ? null
            : name.Contains('@', StringComparison.Ordinal) ? await byEmail.LoadAsync(new(Emails.Normalize(name), columns))
            : client.Kind == ClientKind.Token && Ids.Parse(name) is { } id ? await byId.LoadAsync(new(id, columns))
            : null;
    }

    /// <summary>A page of users.</summary>
    public static async Task<Connection<UserRow>?> UsersAsync(PageRequest<UserRow> page, IDbContextFactory<UsersDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Users.ToConnectionAsync(page, user => user.Id, cancellationToken: cancellation);
    }
}
