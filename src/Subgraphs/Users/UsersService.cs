using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Server.Seeding;
using GraphGateway.Subgraphs.Users.Data;

namespace GraphGateway.Subgraphs.Users;

/// <summary>The service that owns users: who they are, where they live, how loyal they are.</summary>
public static class UsersService
{
    /// <summary>The service as its program and its tests start it.</summary>
    public static ServiceDefinition<UsersDb> Definition { get; } = new("users", 5101, UsersDb.Version, typeof(UsersService).Assembly, SeedAsync);

    private static async Task SeedAsync(UsersDb db, CancellationToken cancellation)
    {
        await BulkInsert.InsertAsync(db, UsersSeed.Users(), cancellation);
        await BulkInsert.InsertAsync(db, UsersSeed.Addresses(), cancellation);
    }
}
