using System.Text;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>A shared store in the test's memory, with a clock of its own, that does what the test says.</summary>
internal sealed class MemoryStore(TimeProvider clock) : ISharedStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> texts = [];
    private int calls;

    public string Name => "memory";

    /// <summary>An empty one, which holds nothing that would have to be freed.</summary>
    public static MemoryStore On(TimeProvider clock) => new(clock);

    /// <summary>Awaited before each call: throws or waits as the test wants.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Awaited after each call, when the store has done its part: an answer that is lost on its way.</summary>
    public Func<CancellationToken, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many times it was read: once for each exchange that nobody disturbs.</summary>
    public int Reads => Volatile.Read(ref calls);

    /// <summary>The only bucket's text.</summary>
    public string Text
    {
        get
        {
            lock (gate)
            {
                return Encoding.UTF8.GetString(texts.Values.Single());
            }
        }
    }

    public void Write(string key, string text)
    {
        lock (gate)
        {
            texts[key] = Encoding.UTF8.GetBytes(text);
        }
    }

    public async ValueTask<StoredText> ReadAsync(string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref calls);
        await Before(cancellationToken);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        StoredText found;
        lock (gate)
        {
            found = new StoredText(IsSwapped: false, texts.GetValueOrDefault(key), now);
        }

        await After(cancellationToken);
        return found;
    }

    public async ValueTask<StoredText> SwapAsync(string key, byte[]? expected, byte[] text, long life, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        StoredText found;
        lock (gate)
        {
            var there = texts.GetValueOrDefault(key);
            var isSame = there is null || expected is null ? there == expected : there.AsSpan().SequenceEqual(expected);
            if (isSame)
            {
                texts[key] = text;
            }

            found = new StoredText(isSame, isSame ? text : there, now);
        }

        await After(cancellationToken);
        return found;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
