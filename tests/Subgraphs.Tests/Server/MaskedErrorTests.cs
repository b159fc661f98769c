using GraphGateway.Subgraphs.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>What the client is not told is in the log, with the place where it happened.</summary>
public sealed class MaskedErrorTests : ILogger
{
    private const string Document = "query Ships { ships { name } ship { id } }";

    private readonly List<string> lines = [];

    [Fact]
    public async Task A_masked_exception_is_logged_with_its_path_operation_and_document()
    {
        var result = BoundSchema.Bind(new GraphQLServerBuilder()
            .AddSchema("type Query { ships: [Ship] ship: Node } type Ship implements Node { name: String id: ID } interface Node { id: ID }")
            .Resolve("Query", "ships", _ => new(new object?[] { new Dictionary<string, object?>(), new Dictionary<string, object?>() }))
            .Resolve("Query", "ship", _ => new(this))
            .Resolve("Ship", "name", _ => throw new InvalidOperationException("a secret")));
        await using var services = new ServiceCollection().BuildServiceProvider();
        var server = new GraphQLServer(result.Schema!, this);

        var answer = await server.ExecuteAsync(Document, services);

        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        var hash = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Document)))}";
        Assert.Equal(
            [
                $"Error: The resolver of Ship.name failed at ships[0].name in Ships of {hash}. a secret",
                $"Error: The resolver of Ship.name failed at ships[1].name in Ships of {hash}. a secret",
                $"Error: Query.ship gave a {typeof(MaskedErrorTests)}, which is none of the object types of Node, at ship in Ships of {hash}.",
            ],
            lines);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add($"{logLevel}: {formatter(state, exception)} {exception?.Message}".TrimEnd());
}
