using System.Text;

namespace GraphGateway.Composition.Tests;

/// <summary>
/// Sets of four of Apollo's sources, by a seed, with fields that clients do not see: keys, what fields require, and what arguments take from contexts. These move by labels, as what needs them does, and can be had
/// with some outcomes of labels alone: mostly something is missing for the others, but not where what needs them has moved as well.
/// </summary>
internal sealed class RandomHidden
{
    private const int Sources = 4;

    private readonly Random random;
    private readonly int labels;
    private readonly StringBuilder[] texts = new StringBuilder[Sources];

    // Of the type that is written, the label that most of its fields move by.
    private string own = "l0";

    // A source that cannot be entered; negative where each can.
    private int far = -1;

    // Mostly what is hidden can be had while that label is on, and is needed then; or while it is off.
    private bool isNeededOn;

    // Of the type that is written, its fields in each source.
    private readonly OrderedDictionary<string, string>[] fields = [.. Enumerable.Range(0, Sources).Select(_ => new OrderedDictionary<string, string>(StringComparer.Ordinal))];

    private RandomHidden(int seed, int labels)
    {
        (random, this.labels) = (new Random(seed), labels);
        for (var source = 0; source < Sources; source++)
        {
            texts[source] = new StringBuilder($"# source s{source}\nextend schema @link(url: \"https://specs.apollo.dev/federation/v2.9\", import: "
                + "[\"@key\", \"@override\", \"@shareable\", \"@external\", \"@requires\", \"@inaccessible\", \"@context\", \"@fromContext\"])\n");
        }
    }

    /// <summary>The sources, as <see cref="Rule"/> reads them; not all sets can be composed.</summary>
    internal static string Of(int seed, int types, int labels)
    {
        var set = new RandomHidden(seed, labels);
        set.Add("t", "T0", Enumerable.Range(0, Sources));
        set.Write("Query", _ => "");
        var above = -1;
        for (var type = 0; type < types; type++)
        {
            above = set.WriteType(type, above, isLast: type == types - 1);
        }

        return string.Join('\n', set.texts.Select(text => text.ToString()));
    }

    // Each type leads to the next one; who sets a context takes something from it there. Its fields move mostly by the same label. One source of a type can be entered by what is hidden alone, and mostly another one not at all.
    private int WriteType(int type, int above, bool isLast)
    {
        (own, isNeededOn) = ($"l{random.Next(labels)}", random.Next(2) == 0);
        int[] order = [.. Enumerable.Range(0, Sources).OrderBy(_ => random.Next())];
        var (entered, user, setter) = (random.Next(3) > 0 ? order[0] : -1, random.Next(3) > 0 ? order[1] : -1, isLast || random.Next(2) == 0 ? -1 : order[2]);
        far = above == order[3] || random.Next(4) == 0 ? -1 : order[3];
        var keys = Enumerable.Range(0, Sources)
            .Select(source => source == entered && source != above ? " @key(fields: \"h\")" : source == far ? " @key(fields: \"id\", resolvable: false)" : " @key(fields: \"id\")").ToArray();
        Add("h", "ID @inaccessible", order.Where(source => source != entered), pivot: (order[3], !isNeededOn));
        Add("k", "ID @inaccessible", order.Where(source => source != user), pivot: (order[3], !isNeededOn));
        Add("v", "Int", order.Where(source => source != far), pivot: (order[0], isNeededOn));
        if (entered >= 0)
        {
            fields[entered]["h"] = "ID @external";
        }

        if (user >= 0)
        {
            fields[user]["k"] = "ID @external";
            Add("u", "Int @requires(fields: \"k\")", [user], "Int");
        }

        if (!isLast)
        {
            Add("f", $"T{type + 1}", order.Where(source => source != far && source != entered));
        }

        if (above >= 0)
        {
            Add($"c(of: ID @fromContext(field: \"$c{type - 1} {{ k }}\"))", "Int", [above], "Int");
        }

        if (setter >= 0)
        {
            _ = fields[setter].TryAdd("k", "ID @external");
        }

        foreach (var own in fields)
        {
            own["id"] = "ID! @shareable";
        }

        Write($"T{type}", source => $"{keys[source]}{(source == setter ? $" @context(name: \"c{type}\")" : "")}");
        return setter;
    }

    // In one of the sources, and often in another one of all by a label, which has it in another form where that is given.
    private void Add(string name, string of, IEnumerable<int> owners, string? elsewhere = null, (int Source, bool IsMovedTo)? pivot = null)
    {
        var sources = owners.OrderBy(_ => random.Next()).ToArray();
        if (pivot is var (source, isMovedTo) && Array.IndexOf(sources, source) is >= 0 and var at && random.Next(4) > 0)
        {
            var place = isMovedTo ? 1 : 0;
            (sources[place], sources[at]) = (sources[at], sources[place]);
        }

        var other = sources.Length > 1 ? sources[1] : Enumerable.Range(0, Sources).Where(one => one != sources[0] && one != far).OrderBy(_ => random.Next()).First();
        var (move, isGiven) = ($" @override(from: \"s{sources[0]}\", label: \"{(random.Next(3) > 0 ? own : $"l{random.Next(labels)}")}\")", isNeededOn);
        fields[sources[0]][name] = of;
        if (random.Next(4) == 0)
        {
            return;
        }

        fields[other][elsewhere is null ? name : name.Split('(')[0]] = (elsewhere ?? of) + move;
        if (elsewhere is not null && isGiven)
        {
            fields[sources[0]][name] = of + move.Replace($"\"s{sources[0]}\"", $"\"s{other}\"", StringComparison.Ordinal);
            fields[other][name.Split('(')[0]] = elsewhere;
        }
    }

    private void Write(string type, Func<int, string> marks)
    {
        for (var source = 0; source < Sources; source++)
        {
            texts[source].Append($"type {type}{marks(source)} {{ {(type == "Query" ? $"q{source}: Int " : "")}{string.Join(' ', fields[source].Select(field => $"{field.Key}: {field.Value}"))} }}\n");
            fields[source].Clear();
        }
    }
}
