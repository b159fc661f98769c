using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace GraphGateway.Interop.Planning;

/// <summary>The sources of a random graph while it is made: by number, the types that each declares.</summary>
internal sealed class PlanningSources
{
    private const string Link =
        """extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"])""";

    private readonly List<Dictionary<string, Members>> all = [];

    /// <summary>The types of each source by name.</summary>
    public IReadOnlyList<Dictionary<string, Members>> All => all;

    /// <summary>Begins anew, with sources that declare nothing.</summary>
    public void Start(int count)
    {
        all.Clear();
        all.AddRange(Enumerable.Range(0, count).Select(_ => new Dictionary<string, Members>()));
    }

    /// <summary>A type of a source, which declares it from now on.</summary>
    public Members Type(int source, string name, string kind = "type")
    {
        if (!all[source].TryGetValue(name, out var type))
        {
            all[source].Add(name, type = new Members(kind));
        }

        return type;
    }

    /// <summary>The entities that a source knows, but for those of its interfaces.</summary>
    public List<string> Entities(int source) => [.. all[source].Keys.Where(name => name.Length == 2)];

    /// <summary>The sources by name.</summary>
    public ImmutableArray<(string Name, string Sdl)> Print() => [.. all.Select((types, index) => (string.Create(CultureInfo.InvariantCulture, $"s{index}"), Print(types)))];

    // An entity is a Node where the source knows the interface.
    private static string Print(Dictionary<string, Members> types)
    {
        var text = new StringBuilder(Link).Append('\n');
        foreach (var (name, type) in types)
        {
            if (type.Possible.Count > 0)
            {
                text.Append($"union {name} = ").AppendJoin(" | ", type.Possible).Append('\n');
                continue;
            }

            text.Append($"{type.Kind} {name}{(type.Implements is { } other && types.ContainsKey(other) && type.Fields.ContainsKey("id") ? $" implements {other}" : "")}");
            text.Append(string.Concat(type.Directives.Distinct().Select(directive => " " + directive))).Append(" { ");
            text.AppendJoin(' ', type.Fields.Values.DefaultIfEmpty("nothing: Int @shareable")).Append(" }\n");
        }

        return text.ToString();
    }
}

/// <summary>A type as one source declares it.</summary>
/// <param name="kind"><c>type</c>, <c>interface</c> or <c>union</c>.</param>
internal sealed class Members(string kind)
{
    public string Kind { get; } = kind;

    public string? Implements { get; set; }

    public List<string> Directives { get; } = [];

    /// <summary>Of a union.</summary>
    public List<string> Possible { get; } = [];

    public OrderedDictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public bool Add(string name, string definition) => Fields.TryAdd(name, definition);
}
