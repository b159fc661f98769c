using System.Text;

namespace GraphGateway.Interop;

/// <summary>
/// Random schemas with everything that execution tells apart. Fields come from one pool of names whose types are the same nearly everywhere,
/// so that random fragments on different types can often be merged.
/// </summary>
internal static class WorldSchema
{
    private const string Fixed =
        """
        enum E0 { A B C }
        enum E1 { RED GREEN }
        scalar Even
        scalar Blank
        scalar Json
        input Flat { a: Int = 7, b: String, c: E0! = B, d: [Boolean!], e: Even }
        input Deep { flat: Flat, list: [[Flat]!], more: Deep, needed: ID!, defaulted: Flat = { b: "d", d: true } }
        input Choice @oneOf { number: Int, text: String, flat: Flat, list: [Choice!] }

        """;

    private static readonly string[] s_inputs =
    [
        "Int", "Int!", "Float", "String", "String!", "Boolean", "ID", "ID!", "E0", "E1!", "Even", "Even!", "Json", "[Int]", "[Int!]!", "[[Int]]", "[E0!]", "Flat", "Deep", "Choice", "[Choice!]",
        "Int = 3", "Int! = 4", "String = \"text\"", "[Int!]! = 5", "Flat! = { a: null }", "E0 = C", "Choice = { text: \"t\" }",
    ];

    private static readonly string[] s_leaves = ["Int", "Int", "Float", "String", "String", "Boolean", "ID", "ID", "E0", "E1", "Even", "Json", "Blank"];

    /// <summary>SDL with the types Query, Mutation, O0 to O5, I0 to I2, U0 and U1.</summary>
    public static string Generate(Random random)
    {
        var pool = Enumerable.Range(0, 24).ToDictionary(i => $"f{i}", i => (Arguments: i < 10 ? Arguments(random) : "", Type: Type(random, i)));
        pool.Add("echo", (Arguments(random, least: 2), "String"));
        pool.Add("echoToo", (Arguments(random, least: 2), "String!"));
        var sdl = new StringBuilder(Fixed);
        var interfaces = new List<string>[3];
        for (var i = 0; i < interfaces.Length; i++)
        {
            // I2 implements I0, so whatever implements I2 does so too.
            interfaces[i] = [.. Pick(random, pool.Keys, 3).Concat(i == 2 ? interfaces[0] : []).Distinct()];
            sdl.AppendLine($"interface I{i}{(i == 2 ? " implements I0" : "")} {{ {string.Join(' ', interfaces[i].Select(Field))} }}");
        }

        for (var i = 0; i < 6; i++)
        {
            var implemented = (i % 4) switch { 0 => new[] { 0 }, 1 => [0, 2], 2 => [1], _ => [] };
            var fields = Pick(random, pool.Keys, 9).Concat(implemented.SelectMany(number => interfaces[number])).Distinct().ToList();
            var clause = implemented.Length == 0 ? "" : $" implements {string.Join(" & ", implemented.Select(number => $"I{number}"))}";
            sdl.AppendLine($"type O{i}{clause} {{ {string.Join(' ', fields.Select(name => Stricter(random, Field(name))))} }}");
        }

        sdl.AppendLine("union U0 = O0 | O1 | O3").AppendLine("union U1 = O2 | O5");
        sdl.AppendLine($"type Query {{ {string.Join(' ', pool.Keys.Select(Field))} node: I0 any: U0 all: [I1!] nodes: [I0] }}");
        sdl.AppendLine($"type Mutation {{ {string.Join(' ', pool.Keys.Where((_, i) => i % 2 == 0).Select(Field))} set(choice: Choice!, deep: Deep): O0 nodes: [I0] }}");
        return sdl.ToString();

        string Field(string name) => $"{name}{pool[name].Arguments}: {pool[name].Type}";
    }

    /// <summary>An object type may promise more than its interface.</summary>
    private static string Stricter(Random random, string field) => random.Next(12) == 0 && !field.EndsWith('!') ? $"{field}!" : field;

    private static string Type(Random random, int number)
    {
        string[] composites = ["O0", "O1", "O2", "O3", "O4", "O5", "I0", "I1", "I2", "U0", "U1"];
        var named = number % 3 == 0 ? composites[random.Next(composites.Length)] : s_leaves[random.Next(s_leaves.Length)];
        return random.Next(10) switch
        {
            < 4 => named,
            < 6 => $"{named}!",
            6 => $"[{named}]",
            7 => $"[{named}!]",
            8 => $"[{named}!]!",
            _ => $"[[{named}!]]",
        };
    }

    private static string Arguments(Random random, int least = 1) =>
        $"({string.Join(", ", Pick(random, s_inputs, least + random.Next(3)).Select((type, i) => $"a{i}: {type}"))})";

    private static List<T> Pick<T>(Random random, IEnumerable<T> from, int count) => [.. from.OrderBy(_ => random.Next()).Take(count)];
}
