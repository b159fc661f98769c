using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>A store of API keys in a file, as <c>graphgateway keys</c> makes it.</summary>
internal sealed class ApiKeyFile : IDisposable
{
    private const string Pepper = "a pepper of a test, 32 bytes long";

    private readonly TemporaryFolder folder = new();

    public string[] Settings => [$"--Gateway:Authentication:ApiKeys:Store={Store}", $"--Gateway:Authentication:ApiKeys:Pepper={Pepper}"];

    private string Store => $"{folder.Path}/keys.db";

    /// <summary>A new key of a consumer.</summary>
    public async Task<string> MakeAsync(string consumer)
    {
        await using var store = ApiKeyStore.At(Store);
        await store.PrepareAsync(default);
        return (await store.CreateAsync(new ApiKeyGrant(consumer, null, [], null), Encoding.ASCII.GetBytes(Pepper), TimeProvider.System.GetUtcNow(), default)).Text;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}
