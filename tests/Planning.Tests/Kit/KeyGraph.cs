using System.Collections.Immutable;
using System.Text;

namespace GraphGateway.Planning.Tests;

/// <summary>Random sources whose types refer to one another, with keys and requirements that lead through these references: mostly in circles.</summary>
internal sealed class KeyGraph(int seed)
{
    private readonly Random random = new(seed);
    private readonly int typeCount = 2 + (seed % 3);

    public string Sources() => string.Join('\n', Enumerable.Range(0, 2 + random.Next(3)).Select(Source).Append(Everything()));

    // All fields that keys and requirements name are somewhere, if only where nobody gets to.
    private string Everything() => "--- all apollo\n" + string.Join('\n', Enumerable.Range(0, typeCount).Select(type => $"type T{type} {{ x0: Int x1: Int x2: Int x3: Int r0: Int r1: Int r2: Int "
            + string.Join(' ', Enumerable.Range(0, typeCount).Select(target => $"l{target}: T{target}")) + " }"));

    private string Source(int source)
    {
        var text = new StringBuilder($"--- s{source} apollo\n");
        if (source == 0)
        {
            text.Append("type Query { ").AppendJoin(' ', Enumerable.Range(0, typeCount).Select(type => $"t{type}: T{type}")).Append(" }\n");
        }

        for (var type = 0; type < typeCount; type++)
        {
            text.Append(TypeIn(source, type));
        }

        return text.ToString();
    }

    private string TypeIn(int source, int type)
    {
        var keys = Enumerable.Range(0, random.Next(4)).Select(_ => Selection(random.Next(3))).Distinct().ToImmutableArray();
        var text = new StringBuilder($"type T{type} ");
        text.AppendJoin(' ', keys.Select(key => $"@key(fields: \"{key}\")")).Append(" { own");
        text.Append(source).Append(": Int ");
        text.AppendJoin(' ', Enumerable.Range(0, 4).Where(_ => random.Next(3) == 0).Select(field => $"x{field}: Int"));
        text.Append(' ').AppendJoin(' ', Enumerable.Range(0, typeCount).Where(_ => random.Next(2) == 0).Select(target => $"l{target}: T{target}"));
        if (random.Next(3) == 0)
        {
            text.Append($" r{source}: Int @requires(fields: \"{Selection(random.Next(3))}\")");
        }

        return text.Append(" }\n").ToString();
    }

    private string Selection(int depth)
    {
        var leaf = random.Next(5) == 0 ? $"r{random.Next(3)}" : $"x{random.Next(4)}";
        var link = depth > 0 ? $"l{random.Next(typeCount)} {{ {Selection(depth - 1)} }}" : leaf;
        return depth > 0 && random.Next(3) == 0 ? $"{leaf} {link}" : link;
    }
}
