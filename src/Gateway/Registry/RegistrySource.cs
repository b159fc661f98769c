using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>What a look at the registry has given.</summary>
/// <param name="Live">What is live there; null where nothing is.</param>
/// <param name="Text">Its supergraph; null where it is what the gateway has already.</param>
internal sealed record RegistryAnswer(LiveLaunch? Live, byte[]? Text);

/// <summary>
/// What is live in a stage of the registry, and its copy on disk. Where the registry cannot be read in time it throws what <see cref="FindReason"/> knows.
/// </summary>
internal sealed class RegistrySource(RegistryOptions options, TimeProvider clock) : IAsyncDisposable
{
    // A small question is answered soon; a supergraph is many bytes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceForText = TimeSpan.FromSeconds(30);

    // A proxy between the two ends what is silent for a minute.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly IRegistry registry = options.Open(clock);

    /// <summary>The last good supergraph on disk.</summary>
    public RegistryCopy Copy { get; } = new(options, clock);

    /// <summary>Whether the registry can be waited for: it answers as soon as something else is live.</summary>
    public bool CanWait => registry is RemoteRegistry;

    /// <summary>Which stage, for people.</summary>
    public string Name => $"{options.Stage} of {options.Graph}";

    /// <summary>A launch of it, for people.</summary>
    public string NameOf(LiveLaunch live) => $"#{live.Launch} of {Name}";

    /// <summary>
    /// Why a registry could not be used, in words: it is away, hangs, refuses, is damaged, or answers what is none of a registry's answers. Null for any other exception: that is a fault of
    /// our own, and no reason to stop either.
    /// </summary>
    public static string? FindReason(Exception exception) => exception switch
    {
        OperationCanceledException => "It does not answer.",
        DbException or InvalidDataException or RegistryRequestException => exception.Message,

        // The client of PostgreSQL lets some of these through as they are.
        IOException or SocketException or TimeoutException or AuthenticationException => exception.Message,
        _ => null,
    };

    /// <summary>The same for people, whatever it was.</summary>
    public static string ReasonOf(Exception exception) => FindReason(exception) ?? $"Unexpected error in the gateway: {exception.GetType().Name}: {exception.Message}";

    /// <summary>SHA-256 of a supergraph, by which the registry tells it from others: 64 hexadecimal digits.</summary>
    public static string HashOf(byte[] text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>What is live.</summary>
    /// <param name="known">The hashes of what need not be sent again.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<RegistryAnswer> AskAsync(Func<LiveLaunch, bool> known, CancellationToken stopping)
    {
        var live = await AskAsync(cancellation => registry.LiveAsync(options.Graph, options.Stage, cancellation), Patience, stopping);
        return live is null || known(live) ? new RegistryAnswer(live, null) : await ReadAsync(live, stopping);
    }

    /// <summary>What is live as soon as it is another launch, or after a while.</summary>
    /// <param name="after">The launch that was live.</param>
    /// <param name="known">The hashes of what need not be sent again.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<RegistryAnswer> WaitAsync(LiveLaunch after, Func<LiveLaunch, bool> known, CancellationToken stopping)
    {
        var live = await ((RemoteRegistry)registry).WaitAsync(options.Graph, options.Stage, after, Wait, stopping) ?? after;
        return known(live) ? new RegistryAnswer(live, null) : await ReadAsync(live, stopping);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => registry.DisposeAsync();

    private async Task<RegistryAnswer> ReadAsync(LiveLaunch live, CancellationToken stopping)
    {
        var text = await AskAsync(cancellation => registry.SupergraphAsync(options.Graph, options.Stage, live.Launch, cancellation), PatienceForText, stopping);
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        return HashOf(bytes) == live.Hash
            ? new RegistryAnswer(live, bytes)
            : throw new InvalidDataException($"The supergraph of {NameOf(live)} is not what was published: the registry is damaged, or it was rolled back just now.");
    }

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan patience, CancellationToken stopping)
    {
        using var over = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
        return await ask(either.Token);
    }
}
