using System.Data.Common;
using GraphGateway.ControlPlane;
using Microsoft.Data.Sqlite;

namespace GraphGateway.Cli;

/// <summary>Opens one of the stores (keys, operations, the registry) for a command, and says in one way what is wrong with it.</summary>
internal static class StoreUse
{
    /// <summary>Does something with a store; or why it cannot be used.</summary>
    /// <param name="what">What messages call the store, such as <c>The registry</c>.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="prepare">Makes its tables where there are none, or for who only reads says why it cannot be read; null where it can.</param>
    /// <param name="use">What is done with it.</param>
    internal static async Task<(T? Result, StoreProblem? Problem)> RunAsync<TStore, T>(
        string what, Func<TStore> open, Func<TStore, Task<string?>> prepare, Func<TStore, Task<T>> use)
        where TStore : IAsyncDisposable
    {
        try
        {
            await using var store = open();
            return await prepare(store) is { } problem ? (default, new StoreProblem(problem, null)) : (await use(store), null);
        }
        catch (Exception exception) when (exception is DbException or StorePlaceException or InvalidDataException)
        {
            return (default, new StoreProblem($"{what} cannot be used: {(IsNoDatabase(exception) ? NoDatabase : exception.Message)}", exception));
        }
    }

    private const string NoDatabase = "the file is no database of SQLite, or is damaged. Give the file that the gateway or these commands have made, or one that is not there yet; a copy of a damaged one is as it was.";

    // https://sqlite.org/rescode.html#notadb
    private static bool IsNoDatabase(Exception exception) => exception is SqliteException { SqliteErrorCode: 26 };
}

/// <summary>Why a store cannot be used.</summary>
/// <param name="Message">What is wrong, and what to do.</param>
/// <param name="Cause">What the store has thrown; null where it can be asked, and there is nothing to read in it.</param>
internal sealed record StoreProblem(string Message, Exception? Cause);
