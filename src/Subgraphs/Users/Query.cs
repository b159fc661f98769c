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

    /// <summary>A page of users.</summary>
    public static async Task<Connection<UserRow>?> UsersAsync(PageRequest<UserRow> page, IDbContextFactory<UsersDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Users.ToConnectionAsync(page, user => user.Id, cancellationToken: cancellation);
    }
}
