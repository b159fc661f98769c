using System.Globalization;
using System.Text;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning.Tests;

/// <summary>Random sources in which everything can be reached, and random operations on them.</summary>
internal sealed class RandomWorld(int seed)
{
    private const int Types = 5;

    private readonly Random random = new(seed);
    private int aliases;

    /// <summary>Two to five sources: entities with one or two keys, an interface over some, value types split between sources, requirements.</summary>
    public string Sources()
    {
        var count = random.Next(2, 6);
        var isApollo = Enumerable.Range(0, count).Select(_ => random.Next(2) == 0).ToArray();
        var types = Enumerable.Range(0, count).Select(_ => new StringBuilder[Types]).ToArray();
        for (var s = 0; s < count; s++)
        {
            for (var t = 0; t < Types; t++)
            {
                types[s][t] = new StringBuilder("id: ID! ");
            }
        }

        for (var t = 0; t < Types; t++)
        {
            for (var f = 0; f < 4; f++)
            {
                var owner = random.Next(count);
                var second = random.Next(4) == 0 ? random.Next(count) : owner;
                foreach (var s in new[] { owner, second }.Distinct())
                {
                    types[s][t].Append(Field(t, f));
                }

                var other = random.Next(count);
                if (f == 0 && owner == second && other != owner)
                {
                    // f0 is always a leaf: it can be required.
                    types[other][t].Append(isApollo[other]
                        ? $"f0: String @external r{t}: String @requires(fields: \"f0\") "
                        : $"r{t}(given: String{(random.Next(2) == 0 ? "" : "!")} @require(field: \"f0\")): String ");
                }
            }

            for (var s = 0; s < count; s++)
            {
                types[s][t].Append(CultureInfo.InvariantCulture, $"value: V v{s}: Int ");
            }
        }

        return string.Join('\n', Enumerable.Range(0, count).Select(s => Source(s, isApollo[s], types[s])));
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

    private static string Field(int type, int field) => field switch
    {
        0 => "f0: String ",
        1 => $"f1(n: Int): T{(type + 1) % Types} ",
        2 => $"f2: [T{(type + 2) % Types}!] ",
        _ => $"g{type}: Node ",
    };

    private static string Source(int index, bool isApollo, StringBuilder[] types)
    {
        var text = new StringBuilder($"--- s{index}{(isApollo ? " apollo" : "")}\ntype Query {{ q{index}: T{index % Types} nodes{index}: [Node] ");
        for (var t = 0; t < Types && !isApollo; t++)
        {
            text.Append($"t{t}ById(id: ID!): T{t} @lookup @internal ");
        }

        text.Append(CultureInfo.InvariantCulture, $"}}\ntype Mutation {{ m{index}: T{index % Types} p{index}: P{index} }}\n");
        text.Append(CultureInfo.InvariantCulture, $"type P{index} {{ done: Int query: Query t: T{(index + 1) % Types} }}");
        text.Append("\ninterface Node { id: ID! }\ntype V { ").Append($"x{index}: Int common: Int }}\n");
        for (var t = 0; t < Types; t++)
        {
            text.Append($"type T{t} implements Node @key(fields: \"id\") {{ {types[t]} }}\n");
        }

        return text.ToString();
    }

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
