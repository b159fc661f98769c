using System.Data.Common;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Opens one of the stores (keys, operations, the registry) for a command, and says in one way what is wrong with it.</summary>
internal static class StoreUse
{
    /// <summary>Does something with a store; or why it cannot be used.</summary>
    /// <param name="what">What messages call the store, such as <c>The registry</c>.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="prepare">Makes its tables where there are none, or for who only reads says why it cannot be read; null where it can.</param>
    /// <param name="use">What is done with it.</param>
    internal static async Task<(T? Result, string? Problem)> RunAsync<TStore, T>(
        string what, Func<TStore> open, Func<TStore, Task<string?>> prepare, Func<TStore, Task<T>> use)
        where TStore : IAsyncDisposable
    {
        try
        {
            await using var store = open();
            return await prepare(store) is { } problem ? (default, problem) : (await use(store), null);
        }
        catch (Exception exception) when (exception is DbException or StorePlaceException or InvalidDataException)
        {
            return (default, $"{what} cannot be used: {exception.Message}");
        }
    }
}
