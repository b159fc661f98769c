using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Users;
using GraphGateway.Subgraphs.Users.Data;

namespace GraphGateway.Subgraphs.Tests.Users;

/// <summary>A running users service.</summary>
public sealed class UsersFixture() : ServiceFixture<UsersDb>(UsersService.Definition);
