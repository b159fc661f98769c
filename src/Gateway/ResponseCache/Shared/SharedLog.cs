using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>The last invalidations of the shared store's epoch, each by its number. One writes, many read.</summary>
internal sealed class SharedLog
{
    private readonly Lock gate = new();
    private readonly Queue<Invalidation> last = new();
    private Invalidation[]? snapshot = [];

    /// <summary>An empty one.</summary>
    /// <param name="epoch">The store's.</param>
    /// <param name="number">How many there have been, of which nothing is known.</param>
    public SharedLog(string epoch, long number) => Point = new SharedPoint(epoch, number);

    /// <summary>The last one's.</summary>
    public SharedPoint Point { get; private set; }

    /// <summary>One more.</summary>
    public void Add(Invalidation invalidation)
    {
        lock (gate)
        {
            if (last.Count == SharedScripts.Remembered)
            {
                last.Dequeue();
            }

            last.Enqueue(invalidation);
            snapshot = null;
            Point = Point with { Number = Point.Number + 1 };
        }
    }

    /// <summary>Whether something was to be forgotten after its sources were asked; true also where nobody can say so any more.</summary>
    /// <param name="epoch">The epoch in which they were.</param>
    /// <param name="since">How many invalidations were known then.</param>
    /// <param name="labels">By what it is found.</param>
    public bool HasMatchSince(string epoch, long since, KeptLabels labels)
    {
        Invalidation[] all;
        long number;
        lock (gate)
        {
            all = snapshot ??= [.. last];
            number = Point.Number;
        }

        if (epoch != Point.Epoch || since > number || number - since > all.Length)
        {
            return true;
        }

        for (var i = all.Length - (int)(number - since); i < all.Length; i++)
        {
            if (labels.Matches(all[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As it stands in the store.</summary>
    public static byte[] Write(Invalidation invalidation)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("sources");
            foreach (var source in invalidation.Sources)
            {
                writer.WriteStringValue(source);
            }

            writer.WriteEndArray();
            writer.WriteString("type", invalidation.Type);
            writer.WriteString("tag", invalidation.Tag);
            if (invalidation.Key is { } key)
            {
                writer.WritePropertyName("key");
                key.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> has written. What nobody can read, or the store has lost, may have meant anything: everything is to be forgotten.</summary>
    public static Invalidation Read(byte[]? text)
    {
        try
        {
            using var json = JsonDocument.Parse(text ?? []);
            var root = json.RootElement;
            return new Invalidation
            {
                Sources = [.. root.GetProperty("sources").EnumerateArray().Select(static source => source.GetString()!)],
                Type = root.GetProperty("type").GetString(),
                Tag = root.GetProperty("tag").GetString(),
                Key = root.TryGetProperty("key", out var key) ? key.Clone() : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new Invalidation();
        }
    }
}
