using System.CommandLine;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>A registry for tests of the commands, with the schemas of two teams: called in its store, or by its server over HTTP.</summary>
internal sealed class RegistryShop : IDisposable
{
    /// <summary>The schema of users.</summary>
    public const string UsersSchema = """
        type Query {
          userById(id: ID!): User @lookup
        }

        type User @key(fields: "id") {
          id: ID!
          name: String
        }
        """;

    /// <summary>The schema of orders.</summary>
    public const string OrdersSchema = """
        type Query {
          orders: [Order!]
        }

        type Order {
          id: ID!
          buyer: User
        }

        type User @key(fields: "id") {
          id: ID!
        }
        """;

    private RegistryServer? server;

    public RegistryShop()
    {
        Store = Path.Combine(Folder.Path, "registry.db");
        Users = Folder.Write("users.graphqls", UsersSchema);
        Orders = Folder.Write("orders.graphqls", OrdersSchema);
        Settings = Folder.Write("settings.json", """{"dialect":"composite"}""");
    }

    /// <summary>Where all of it is.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The time that the commands and the server have.</summary>
    public FakeTimeProvider Clock { get; } = new();

    /// <summary>The registry's file.</summary>
    public string Store { get; }

    /// <summary>The file with the schema of users.</summary>
    public string Users { get; }

    /// <summary>The file with the schema of orders.</summary>
    public string Orders { get; }

    /// <summary>The file with the settings of both.</summary>
    public string Settings { get; }

    /// <summary>Whether the commands ask the server.</summary>
    public bool IsOverHttp { get; set; }

    /// <summary>Where its server answers, when one was asked.</summary>
    public string Address => $"{server!.Address}";

    /// <summary>Stops its server, where one was asked.</summary>
    public async Task StopAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Folder.Dispose();
    }

    /// <summary>Runs a command; its exit code and all that it wrote. An hour passes after each change.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string[] all = IsOverHttp ? await OverHttpAsync([.. arguments]) : [.. arguments, "--store", Store];
        var code = await CommandLine.Root(Clock).Parse(all).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        if (output.ToString().Contains("of production of shop", StringComparison.Ordinal) || output.ToString().Contains("\"outcome\"", StringComparison.Ordinal))
        {
            Clock.Advance(TimeSpan.FromHours(output.ToString().StartsWith("Nothing", StringComparison.Ordinal) ? 0 : 1));
        }

        return (code, output.ToString(), error.ToString());
    }

    // The author is whom the key is for.
    private async Task<string[]> OverHttpAsync(List<string> arguments)
    {
        var pepper = System.Text.Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");
        if (server is null)
        {
            (server, var problem) = await RegistryServer.StartAsync(new RegistryServerOptions(Store, new Uri("http://127.0.0.1:0"), pepper), TextWriter.Null, _ => { }, Clock, default);
            Assert.Null(problem);
        }

        var author = "reader";
        if (arguments.IndexOf("--author") is > 0 and var at)
        {
            author = arguments[at + 1];
            arguments.RemoveRange(at, 2);
        }

        var key = Path.Combine(Folder.Path, $"{author}.key");
        if (!File.Exists(key))
        {
            await using var keys = ApiKeyStore.OfRegistry(Store);
            await File.WriteAllTextAsync(
                key, (await keys.CreateAsync(new ApiKeyGrant(author, null, author == "reader" ? ["read", "publish", "promote"] : ["admin"], null), pepper, Clock.GetUtcNow(), default)).Text);
        }

        return [.. arguments, "--registry", $"{server!.Address}", "--key-file", key];
    }
}
