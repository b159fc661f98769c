using System.Globalization;
using System.Text;

namespace GraphGateway.Planning.Tests;

/// <summary>A source of a <see cref="RandomWorld"/> while it is made.</summary>
internal sealed class RandomSource(int index, bool isApollo, int types)
{
    public int Index { get; } = index;

    public bool IsApollo { get; } = isApollo;

    /// <summary>More fields of <c>Query</c>.</summary>
    public StringBuilder Query { get; } = new();

    /// <summary>The fields of each entity.</summary>
    public StringBuilder[] Types { get; } = [.. Enumerable.Range(0, types).Select(_ => new StringBuilder("id: ID! "))];

    /// <summary>What stands between each entity's name and its fields.</summary>
    public StringBuilder[] Headers { get; } = [.. Enumerable.Range(0, types).Select(_ => new StringBuilder("implements Node @key(fields: \"id\") "))];

    /// <summary>The same of their interface.</summary>
    public StringBuilder Interface { get; } = new();

    public StringBuilder InterfaceFields { get; } = new("id: ID! ");

    /// <summary>More types.</summary>
    public StringBuilder Others { get; } = new();

    public bool HasField(int type, int field) =>
        Types[type].ToString().Contains(field == 3 ? string.Create(CultureInfo.InvariantCulture, $" g{type}: ") : $" f{field}{(field == 1 ? "(" : ":")}", StringComparison.Ordinal);

    public string ToSdl()
    {
        var text = new StringBuilder($"--- s{Index}{(IsApollo ? " apollo" : "")}\ntype Query {{ q{Index}: T{Index % types} nodes{Index}: [Node] {Query}");
        for (var t = 0; t < types && !IsApollo; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"t{t}ById(id: ID!): T{t} @lookup @internal ");
        }

        text.Append(CultureInfo.InvariantCulture, $"}}\ntype Mutation {{ m{Index}: T{Index % types} p{Index}: P{Index} }}\n");
        text.Append(CultureInfo.InvariantCulture, $"type P{Index} {{ done: Int query: Query t: T{(Index + 1) % types} }}");
        text.Append(CultureInfo.InvariantCulture, $"\ninterface Node {Interface}{{ {InterfaceFields}}}\ntype V {{ x{Index}: Int common: Int }}\n{Others}");
        for (var t = 0; t < types; t++)
        {
            text.Append(CultureInfo.InvariantCulture, $"type T{t} {Headers[t]}{{ {Types[t]} }}\n");
        }

        return text.ToString();
    }
}
