using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning.Tests;

/// <summary>Random sources in which everything can be reached, and random operations on them.</summary>
/// <param name="seed">The same for the same ones.</param>
/// <param name="hasTwoKeys">True: all objects have two keys, either of which can be null, and two lookups where there would be one.</param>
internal sealed partial class RandomWorld(int seed, bool hasTwoKeys = false)
{
    private const int Types = 5;

    private readonly Random random = new(seed);
    private int aliases;

    /// <summary>
    /// Two to five sources: entities with one or two keys, an interface over some, value types split between sources, requirements, progressive
    /// overrides, and entities whose fields take arguments from contexts.
    /// </summary>
    public string Sources()
    {
        var sources = Enumerable.Range(0, random.Next(2, 6)).Select(index => new RandomSource(index, random.Next(2) == 0, Types)).ToArray();
        var hasInterfaceObject = sources.Any(source => source.IsApollo) && random.Next(2) == 0;
        if (hasInterfaceObject)
        {
            AddPals(sources);
        }

        for (var t = 0; t < Types; t++)
        {
            for (var f = 0; f < 4; f++)
            {
                AddField(sources, t, f);
            }

            foreach (var source in sources)
            {
                source.Types[t].Append(CultureInfo.InvariantCulture, $"value: V v{source.Index}: Int ");
            }
        }

        foreach (var source in sources.Where(source => source.IsApollo && random.Next(3) > 0).ToList())
        {
            AddContext(sources, source);
        }

        var texts = sources.Select(source => source.ToSdl());
        var text = string.Join('\n', hasInterfaceObject ? texts.Append(InterfaceObject(sources.Length)) : texts);
        return hasTwoKeys ? WithTwoKeys(text) : text;
    }

    private static string WithTwoKeys(string sources) => LookupById().Replace(sources, "$0 $1BySku(sku: String!): $2 @lookup @internal ")
        .Replace("id: ID! ", "id: ID sku: String ", StringComparison.Ordinal)
        .Replace("@key(fields: \"id\")", "@key(fields: \"id\") @key(fields: \"sku\")", StringComparison.Ordinal);

    [GeneratedRegex(@"(\w+)ById\(id: ID!\): (\w+) @lookup @internal")]
    private static partial Regex LookupById();

    /// <summary>Some of the labels of progressive overrides, often none or all.</summary>
    public ImmutableHashSet<string> Labels(Supergraph supergraph)
    {
        var each = random.Next(3);
        return [.. supergraph.OverrideLabels.Where(_ => each == 0 || (each == 1 && random.Next(2) == 0))];
    }

    /// <summary>A mutation that is valid on the schema: writes in one source or several, payloads that lead to entities and back to <c>Query</c>.</summary>
    public string Mutation(Schema schema)
    {
        aliases = 0;
        return "mutation " + Selection(schema.MutationType!, schema, depth: 0);
    }

    /// <summary>A query that is valid on the schema.</summary>
    public string Operation(Schema schema)
    {
        aliases = 0;
        return Selection(schema.QueryType!, schema, depth: 0);
    }

    private void AddField(RandomSource[] sources, int t, int f)
    {
        var owner = random.Next(sources.Length);
        var second = random.Next(4) == 0 ? random.Next(sources.Length) : owner;
        foreach (var s in new[] { owner, second }.Distinct())
        {
            sources[s].Types[t].Append(Field(t, f));
        }

        var other = random.Next(sources.Length);
        if (f == 0 && owner == second && other != owner)
        {
            // f0 is always a leaf: it can be required.
            sources[other].Types[t].Append(sources[other].IsApollo
                ? $"f0: String @external r{t}: String @requires(fields: \"f0\") "
                : $"r{t}(given: String{(random.Next(2) == 0 ? "" : "!")} @require(field: \"f0\")): String ");
        }

        var taker = random.Next(sources.Length);
        if (owner == second && taker != owner && sources[taker].IsApollo && !sources[taker].HasField(t, f) && random.Next(2) == 0)
        {
            var label = random.Next(2) == 0 ? $"l{t}" : $"percent({f}0)";
            sources[taker].Types[t].Append(Field(t, f)).Append($"@override(from: \"s{owner}\", label: \"{label}\") ");
        }
    }

    // Only the objects that set the context lead to a K, and a K leads to such, so that each of its fields has something above it.
    private void AddContext(RandomSource[] sources, RandomSource source)
    {
        var setters = Enumerable.Range(0, Types).Where(_ => random.Next(2) == 0).DefaultIfEmpty(random.Next(Types)).ToList();
        foreach (var t in setters)
        {
            if (!source.HasField(t, 0))
            {
                source.Types[t].Append("f0: String @external ");
            }

            source.Types[t].Append(CultureInfo.InvariantCulture, $"kid{source.Index}: K{source.Index} kids{source.Index}: [K{source.Index}!] ");
        }

        // By their own types, or all of them by their interface: then each of these has the field.
        var isByInterface = setters.Count == Types && random.Next(2) == 0;
        (isByInterface ? [source.Interface] : setters.Select(t => source.Headers[t])).ToList()
            .ForEach(header => header.Append(CultureInfo.InvariantCulture, $"@context(name: \"c{source.Index}\") "));
        var selection = isByInterface || random.Next(2) == 0 ? string.Join(' ', setters.Select(t => $"... on T{t} {{ f0 }}")) : "{ f0 }";
        foreach (var host in sources.Where(host => host == source || random.Next(3) == 0))
        {
            host.Others.Append(CultureInfo.InvariantCulture, $"type K{source.Index} @key(fields: \"id\") {{ id: ID! k{host.Index}: Int ");
            host.Others.Append(host != source ? "" : string.Create(
                CultureInfo.InvariantCulture,
                $"next: K{source.Index} owner: T{setters[0]} x(from: String{(random.Next(2) == 0 ? "" : "!")} @fromContext(field: \"$c{source.Index} {selection}\")): String "));
            host.Others.Append("}\n");
            host.Query.Append(host.IsApollo ? "" : $"k{source.Index}ById(id: ID!): K{source.Index} @lookup @internal ");
        }
    }

    // A field of the interface that comes from another source for each type, and leads to an entity that all sources have a part of.
    private void AddPals(RandomSource[] sources)
    {
        var homes = sources.Where(source => source.IsApollo).ToList();
        for (var t = 0; t < Types; t++)
        {
            var owners = new[] { homes[random.Next(homes.Count)], homes[random.Next(homes.Count)] }.Take(random.Next(4) == 0 ? 2 : 1).ToList();
            homes.ForEach(home => home.Types[t].Append(owners.Contains(home) ? "pal: E " : "pal: E @external "));
        }

        foreach (var source in sources)
        {
            source.Interface.Append(source.IsApollo ? "@key(fields: \"id\") " : "");
            source.InterfaceFields.Append(source.IsApollo ? "pal: E " : "");
            source.Others.Append(CultureInfo.InvariantCulture, $"type E @key(fields: \"id\") {{ id: ID! e{source.Index}: Int }}\n");
            source.Query.Append(source.IsApollo ? "" : "eById(id: ID!): E @lookup @internal ");
        }
    }

    // A source with an object in the interface's place; it may have the field that is different by type, too.
    private string InterfaceObject(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        --- s{index} apollo
        type Query @shareable {"{"} nodes{index}: [Node] {(random.Next(2) == 0 ? "nodes0: [Node] " : "")}{"}"}
        type Node @key(fields: "id") @interfaceObject {"{"} id: ID! h{index}: Int near{index}: Node e: E {(random.Next(2) == 0 ? "pal: E " : "")}{"}"}
        type E @key(fields: "id") {"{"} id: ID! e{index}: Int {"}"}
        """);

    private static string Field(int type, int field) => field switch
    {
        0 => "f0: String ",
        1 => $"f1(n: Int): T{(type + 1) % Types} ",
        2 => $"f2: [T{(type + 2) % Types}!] ",
        _ => $"g{type}: Node ",
    };

    private string Selection(CompositeType type, Schema schema, int depth)
    {
        var text = new StringBuilder("{ __typename ");
        var fields = type is ComplexType complex ? complex.Fields.Where(field => depth < 4 || field.Type.Named.IsLeafType).ToList() : [];
        for (var i = random.Next(1, 5); i > 0 && fields.Count > 0; i--)
        {
            var field = fields[random.Next(fields.Count)];
            // An alias of its own for every field: no two can conflict.
            var alias = $"a{aliases++}";
            var arguments = field.Arguments.IsEmpty ? "" : $"({field.Arguments[0].Name}: {random.Next(2)})";
            text.Append($"{alias}: {field.Name}{arguments} ");
            if (field.Type.Named is CompositeType below)
            {
                text.Append(Selection(below, schema, depth + 1)).Append(' ');
            }
        }

        if (type is not ObjectType && depth < 4)
        {
            foreach (var possible in schema.ObjectTypes.Where(candidate => type.PossibleTypes.Contains(candidate) && random.Next(2) == 0))
            {
                text.Append($"... on {possible.Name} {Selection(possible, schema, depth + 1)} ");
            }
        }

        return text.Append('}').ToString();
    }
}
