using System.Text;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// Sets of Apollo's sources with few types, which have each other, and fields that move between sources by few labels, by a seed. Not each type can be entered in each source, some keys move as well, and some
/// fields require others: so many ways are there only with some outcome of the labels.
/// </summary>
internal sealed class RandomLabels
{
    private const int Sources = 3;

    private readonly Random random;
    private readonly int labels;
    private readonly int types;
    private readonly StringBuilder[] texts = new StringBuilder[Sources];

    // In every third set nothing hangs on labels but the fields that move, in every second of the others few types cannot be entered.
    private readonly bool isSimple;
    private readonly bool isOpen;

    private RandomLabels(int seed, int types, int labels)
    {
        (random, this.types, this.labels) = (new Random(seed), types, labels);
        (isSimple, isOpen) = (seed % 3 == 0, seed % 2 == 0);
        for (var source = 0; source < Sources; source++)
        {
            texts[source] = new StringBuilder(
                $"# source s{source}\nextend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: [\"@key\", \"@override\", \"@shareable\", \"@external\", \"@requires\"])\n");
        }
    }

    /// <summary>The sources, as <see cref="Rule"/> reads them; not all sets can be composed.</summary>
    internal static string Of(int seed, int types, int labels)
    {
        var set = new RandomLabels(seed, types, labels);
        set.Write("Query", 3, isRoot: true);
        for (var type = 0; type < types; type++)
        {
            set.Write($"T{type}", 3, isRoot: false);
        }

        return string.Join('\n', set.texts.Select(text => text.ToString()));
    }

    private void Write(string type, int fields, bool isRoot)
    {
        for (var source = 0; source < Sources; source++)
        {
            texts[source].Append($"type {type}{(isRoot ? "" : Key())} {{ {(isRoot ? $"q{source}: Int" : "id: ID! @shareable")}");
        }

        var ofType = Enumerable.Range(0, fields).Select(at => (Name: $"f{at}", Of: random.Next(3) == 0 && !isRoot ? "Int" : $"T{random.Next(types)}")).ToArray();
        if (!isRoot)
        {
            ofType = [.. ofType, (Name: "sku", Of: "ID")];
        }

        foreach (var (name, of) in ofType)
        {
            var owner = random.Next(Sources);
            var other = (owner + 1 + random.Next(Sources - 1)) % Sources;
            var third = Sources - owner - other;
            var isMoved = random.Next(2) == 0 && !(isSimple && name == "sku");
            texts[owner].Append($" {name}: {of}");
            if (isMoved)
            {
                texts[other].Append($" {name}: {of} @override(from: \"s{owner}\", label: \"l{random.Next(labels)}\")");
            }

            if (!isRoot && !isSimple && random.Next(5) == 0)
            {
                texts[third].Append($" {name}: {of} @external r{name}: Int @requires(fields: \"{name}{(of[0] == 'T' ? " { id }" : "")}\")");
            }
        }

        for (var source = 0; source < Sources; source++)
        {
            texts[source].Append(" }\n");
        }
    }

    private string Key() => random.Next(isOpen ? 24 : 6) switch
    {
        0 => "",
        1 => " @key(fields: \"id\", resolvable: false)",
        2 => " @key(fields: \"sku\")",
        _ => " @key(fields: \"id\")",
    };
}
