using System.Collections.Immutable;
using System.IO.Enumeration;
using Microsoft.Extensions.Primitives;

namespace GraphGateway.Gateway;

/// <summary>
/// What the headers of a client's request become on the way to a source. The rules for all sources come first, then the source's own; of each,
/// <c>Propagate</c>, then <c>Remove</c>, then <c>Insert</c>; what comes later wins. A header that a rule names is never decided by a pattern:
/// so a pattern does not let clients overwrite what is inserted.
/// <para>
/// All that can be decided without the client's headers is decided at the start: an entry for each name that the source may see, with where
/// its value comes from, and the patterns for what else the client sends.
/// </para>
/// </summary>
internal sealed class HeaderRules
{
    private readonly ImmutableArray<Entry> entries;
    private readonly ImmutableArray<Layer> layers;
    private readonly ImmutableArray<string> reserved;

    private HeaderRules(ImmutableArray<Entry> entries, ImmutableArray<Layer> layers, ImmutableArray<string> reserved)
    {
        this.entries = entries;
        this.layers = layers;
        this.reserved = reserved;
    }

    /// <summary>No header goes along.</summary>
    public static HeaderRules None { get; } = new([], [], []);

    /// <summary>True when no header ever goes along.</summary>
    public bool IsEmpty => entries.IsEmpty && layers.IsEmpty;

    /// <summary>The client's headers that go along by their name.</summary>
    public IEnumerable<string> ClientNames => entries.SelectMany(entry => entry.From);

    /// <summary>Whether others go along by patterns.</summary>
    public bool HasPatterns => !layers.IsEmpty;

    /// <summary>The rules of one source.</summary>
    /// <param name="source">How it is called: the rules for all sources, then its own.</param>
    /// <param name="reserved">What no pattern takes from a client (<see cref="SubgraphsOptions.NotByPattern"/>).</param>
    public static HeaderRules Of(SubgraphOptions source, ImmutableArray<string> reserved)
    {
        var options = source.Headers;
        var entries = new List<Entry>();
        var layers = new List<Layer>();
        foreach (var layer in options)
        {
            foreach (var header in layer.Propagate.Where(header => !HeaderNames.IsPattern(header.Name)))
            {
                Put(entries, header);
            }

            entries.RemoveAll(entry => layer.Remove.Any(pattern => Matches(pattern, entry.Name)));
            foreach (var (name, value) in layer.Insert)
            {
                entries.RemoveAll(entry => IsSame(entry.Name, name));
                entries.Add(new Entry(name, [], value));
            }

            layers.Add(new Layer([.. layer.Propagate.Select(header => header.Name).Where(HeaderNames.IsPattern)], layer.Remove));
        }

        // Refused at the start where settings say it; here for who makes options by himself.
        entries.RemoveAll(entry => source.Identity.Headers.Any(header => HeaderNames.LookAlike(header, entry.Name)));
        return new HeaderRules([.. entries], layers.All(layer => layer.Patterns.IsEmpty) ? [] : [.. layers], reserved);
    }

    /// <summary>All headers of a client that any of several sources sees: what has to be equal for two clients to share an answer.</summary>
    public static HeaderRules Union(IEnumerable<HeaderRules> sources)
    {
        var all = sources.ToList();
        var names = all.SelectMany(rules => rules.entries).SelectMany(entry => entry.From).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase).Select(name => new Entry(name, [name], null));
        var patterns = all.SelectMany(rules => rules.layers).SelectMany(layer => layer.Patterns).Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        return new HeaderRules([.. names], patterns.IsEmpty ? [] : [new Layer(patterns, [])], all.Count == 0 ? [] : all[0].reserved);
    }

    /// <summary>Whether a header has what a client shows to be known by: <c>Authorization</c>, <c>Cookie</c>, and those in which the gateway is told who asks, or tells it.</summary>
    /// <param name="name">Its name.</param>
    public bool IsCredential(string name) => IsSame(name, "Authorization") || IsSame(name, "Cookie") || IsReserved(name);

    /// <summary>The headers for one request, in an order that the rules decide.</summary>
    /// <param name="client">The client's headers; null where there is no client.</param>
    public Selection Select(IHeaderDictionary? client) => new(this, client);

    /// <summary>
    /// The first header of a client that would go on and holds what no header may: control characters other than the tab
    /// (<see href="https://www.rfc-editor.org/rfc/rfc9110#section-5.5">RFC 9110, 5.5</see>). The server lets some of them through; null where there is none.
    /// </summary>
    public string? FindUnsendable(IHeaderDictionary client)
    {
        for (var selection = Select(client); selection.MoveNext();)
        {
            foreach (var value in selection.Values)
            {
                if (value is not null && !HeaderNames.IsValue(value))
                {
                    return selection.Name;
                }
            }
        }

        return null;
    }

    // Named by a later rule: that one decides where the client has sent its header, and with a default always.
    private static void Put(List<Entry> entries, PropagatedHeader header)
    {
        var name = header.As ?? header.Name;
        var index = entries.FindIndex(entry => IsSame(entry.Name, name));
        if (index < 0)
        {
            entries.Add(new Entry(name, [header.Name], header.Default));
            return;
        }

        var earlier = entries[index];
        entries[index] = header.Default is null
            ? new Entry(name, [header.Name, .. earlier.From.Where(from => !IsSame(from, header.Name))], earlier.Otherwise)
            : new Entry(name, [header.Name], header.Default);
    }

    private bool IsTakenByPattern(string name)
    {
        var isTaken = false;
        foreach (var layer in layers)
        {
            isTaken = (isTaken || MatchesAny(layer.Patterns, name)) && !MatchesAny(layer.Removed, name);
        }

        return isTaken && HeaderNames.IsForPatterns(name) && !IsNamed(name) && !IsReserved(name);
    }

    private bool IsReserved(string name)
    {
        foreach (var header in reserved)
        {
            if (HeaderNames.LookAlike(header, name))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNamed(string name)
    {
        foreach (var entry in entries)
        {
            if (IsSame(entry.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAny(ImmutableArray<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    // In time that is bounded by the product of both lengths. Its other special characters cannot stand in the name of a header.
    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: true);

    private static bool IsSame(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <summary>A header that a rule names.</summary>
    /// <param name="Name">What the source sees.</param>
    /// <param name="From">The client's headers whose value it can have; the first one that was sent counts.</param>
    /// <param name="Otherwise">The value where none of them was sent; null sends none.</param>
    private sealed record Entry(string Name, ImmutableArray<string> From, string? Otherwise);

    /// <summary>The patterns of one step: those that take headers, then those that take some of them away again.</summary>
    private sealed record Layer(ImmutableArray<string> Patterns, ImmutableArray<string> Removed);

    /// <summary>Walks over the headers of one request. PERF: allocates nothing where there are no patterns.</summary>
    internal struct Selection(HeaderRules rules, IHeaderDictionary? client)
    {
        private int next;
        private IEnumerator<KeyValuePair<string, StringValues>>? others;

        /// <summary>The header's name.</summary>
        public string Name { get; private set; } = "";

        /// <summary>The client's header that it has its values of; null where they come from a setting.</summary>
        public string? From { get; private set; }

        /// <summary>Its values, one at least.</summary>
        public StringValues Values { get; private set; }

        /// <summary>Goes to the next one; false at the end.</summary>
        public bool MoveNext()
        {
            while (next < rules.entries.Length)
            {
                if (Take(rules.entries[next++]))
                {
                    return true;
                }
            }

            if (rules.layers.IsEmpty || client is null)
            {
                return false;
            }

            others ??= client.GetEnumerator();
            while (others.MoveNext())
            {
                if (others.Current.Value.Count > 0 && rules.IsTakenByPattern(others.Current.Key) && !IsOfConnection(client, others.Current.Key))
                {
                    (Name, From, Values) = (others.Current.Key, others.Current.Key, others.Current.Value);
                    return true;
                }
            }

            return false;
        }

        private bool Take(Entry entry)
        {
            Name = entry.Name;
            foreach (var from in entry.From)
            {
                if (client is not null && client.TryGetValue(from, out var values) && values.Count > 0)
                {
                    (From, Values) = (from, values);
                    return true;
                }
            }

            (From, Values) = (null, entry.Otherwise);
            return entry.Otherwise is not null;
        }

        // RFC 9110, 7.6.1: what Connection names is meant for the gateway alone. A header that a rule names goes along all the same: clients must
        // not be able to have what a proxy before the gateway has set taken away.
        private static bool IsOfConnection(IHeaderDictionary client, string name) =>
            client.Connection.Count > 0 && client.Connection.ToString().Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase);
    }
}
