using System.Text;
using System.Text.RegularExpressions;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// Sets of four of Apollo's sources with few types, which have each other, by a seed. Their fields move by labels, also such that keys and requirements name, or lead through; some move by two of them, and some stay
/// in a third source as well. Objects in an interface's place give fields to objects whose own fields move. Most types can be entered in most sources, so that many sets are sound.
/// </summary>
internal sealed class RandomMoves
{
    private const int Sources = 4;

    private readonly Random random;
    private readonly int types;
    private readonly int labels;
    private readonly bool isPaired;
    private readonly bool isNested;
    private readonly bool isOpen;
    private readonly StringBuilder[] texts = new StringBuilder[Sources];

    // Of the type that is written, the keys in each source.
    private readonly string[] keys = new string[Sources];

    // What requirements name of types, in which source.
    private readonly HashSet<(int Source, string Type, string Field)> required = [];

    private RandomMoves(int seed, int types, int labels)
    {
        (random, this.types, this.labels) = (new Random(seed), types, labels);
        (isPaired, isNested, isOpen) = (random.Next(2) == 0, random.Next(2) == 0, seed % 4 != 0);
        for (var source = 0; source < Sources; source++)
        {
            texts[source] = new StringBuilder(
                $"# source s{source}\nextend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@override\", \"@shareable\", \"@external\", \"@requires\", \"@interfaceObject\"])\n");
        }
    }

    private string Label => $"l{random.Next(labels)}";

    private string AnyType => $"T{random.Next(types)}";

    /// <summary>The sources, as <see cref="Rule"/> reads them; not all sets can be composed.</summary>
    internal static string Of(int seed, int types, int labels)
    {
        var set = new RandomMoves(seed, types, labels);
        set.Write("Query", isRoot: true);
        for (var type = 0; type < types; type++)
        {
            set.Write($"T{type}", isRoot: false);
        }

        foreach (var (source, type, field) in set.required)
        {
            set.AddExternal(source, type, field);
        }

        if (seed % 3 == 0)
        {
            set.AddInterface();
        }

        return string.Join('\n', set.texts.Select(text => text.ToString()));
    }

    private void Write(string type, bool isRoot)
    {
        for (var source = 0; source < Sources; source++)
        {
            keys[source] = isRoot ? "" : Key();
            texts[source].Append($"type {type}{keys[source]} {{ {(isRoot ? $"q{source}: Int" : "id: ID! @shareable")}");
        }

        for (var field = 0; field < 3; field++)
        {
            WriteField($"f{field}", !isRoot && random.Next(3) == 0 ? "Int" : AnyType, isRoot);
        }

        if (!isRoot)
        {
            WriteField("sku", "ID", isRoot);
            WriteField("o", AnyType, isRoot);
        }

        for (var source = 0; source < Sources; source++)
        {
            texts[source].Append(" }\n");
        }
    }

    private void WriteField(string name, string of, bool isRoot)
    {
        int[] named = [.. Enumerable.Range(0, Sources).Where(source => name is "sku" or "o" && Regex.IsMatch(keys[source], $"\"[^\"]*\\b{name}\\b"))];
        var order = Enumerable.Range(0, Sources).OrderBy(_ => random.Next()).ToArray();
        if (named.Length > 0)
        {
            // In all whose keys name it, of two of which it may be a pair; or in one of them alone.
            var (isShared, isMoved) = (random.Next(4) > 0, random.Next(2) == 0);
            for (var at = 0; at < named.Length; at++)
            {
                texts[named[at]].Append($" {name}: {of}{(isShared ? " @shareable" : at > 0 ? " @external" : "")}{(isShared && isMoved && at == 1 ? Override(named[0]) : "")}");
            }
        }
        else if (isPaired && random.Next(4) == 0)
        {
            for (var at = 0; at < Sources; at++)
            {
                texts[order[at]].Append($" {name}: {of} @shareable{(at % 2 == 1 ? Override(order[at - 1]) : "")}");
            }
        }
        else
        {
            WriteOwned(name, of, order, isRoot);
        }
    }

    private void WriteOwned(string name, string of, int[] order, bool isRoot)
    {
        var isMoved = random.Next(2) == 0;
        var shared = isMoved && random.Next(4) == 0 ? " @shareable" : "";
        texts[order[0]].Append($" {name}: {of}{shared}");
        texts[order[1]].Append(isMoved ? $" {name}: {of}{shared}{Override(order[0])}" : "");
        texts[order[2]].Append(shared.Length > 0 ? $" {name}: {of}{shared}" : "");
        if (isRoot || random.Next(4) > 0)
        {
            return;
        }

        var below = of[0] != 'T' ? "" : random.Next(4) switch { 0 => "sku", 1 when isNested => "o", _ => "id" };
        texts[order[3]].Append($" {name}: {of} @external r{name}: Int @requires(fields: \"{name}{(below.Length == 0 ? "" : below == "o" ? " { o { id } }" : $" {{ {below} }}")}\")");
        if (below is "sku" or "o")
        {
            required.Add((order[3], of, below));
        }
    }

    private string Override(int from) => $" @override(from: \"s{from}\", label: \"{Label}\")";

    private void AddExternal(int source, string type, string field)
    {
        var defined = new Regex($"(?m)^type {type} .* {field}: (\\w+)");
        if (!defined.IsMatch(texts[source].ToString()))
        {
            texts[source].Append($"extend type {type} {{ {field}: {texts.Select(text => defined.Match(text.ToString())).First(found => found.Success).Groups[1]} @external }}\n");
        }
    }

    private void AddInterface()
    {
        var (moved, given) = (AnyType, AnyType);
        string Entered() => random.Next(4) == 0 ? ", resolvable: false" : "";
        texts[0].Append($$"""
            extend type Query { i: I }
            interface I @key(fields: "id") { id: ID! }
            type O0 implements I @key(fields: "id") { id: ID! v: {{moved}} }
            type O1 implements I @key(fields: "id") { id: ID! o: {{AnyType}} }

            """);
        texts[1].Append($"type I @key(fields: \"id\"{Entered()}) @interfaceObject {{ id: ID! m: {given} }}\n");
        texts[2].Append($$"""
            type I @key(fields: "id"{{Entered()}}) @interfaceObject { id: ID! m: {{given}} @external n: Int @requires(fields: "m { id }") }
            {{(random.Next(2) == 0 ? "extend type Query { j: I }" : "")}}

            """);
        texts[3].Append($"type O0 @key(fields: \"id\"{Entered()}) {{ id: ID! v: {moved}{Override(0)} }}\n");
    }

    private string Key() => random.Next(isOpen ? 40 : 10) switch
    {
        0 => "",
        1 => " @key(fields: \"id\", resolvable: false)",
        2 => " @key(fields: \"sku\")",
        3 => " @key(fields: \"sku\") @key(fields: \"id\")",
        4 when isNested => " @key(fields: \"o { id }\")",
        5 when isNested => " @key(fields: \"id o { id }\")",
        _ => " @key(fields: \"id\")",
    };
}
