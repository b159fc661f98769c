using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The fields from a root type to where a query stands, as a client would write them. It knows its last field, and the path before.
/// </summary>
internal sealed class QueryPath
{
    // As many fields are written of a longer way, of its begin and of its end together: a graph may be a chain of any length.
    private const int MostFields = 100;

    // So many values are written for the required arguments of all fields together, fewer where names are long.
    private const int MostExamples = 100;

    // What stands for more of them.
    private const char More = '…';

    private readonly QueryPath? before;
    private readonly FieldDefinition? last;
    private readonly string operation;

    private QueryPath(string operation, QueryPath? before, string typeName, FieldDefinition? last, LabelTrail? labels)
    {
        this.operation = operation;
        this.before = before;
        this.last = last;
        Labels = labels;
        LastType = typeName;
        Length = before is null ? 0 : before.Length + 1;
    }

    /// <summary>The type that the last field is selected on.</summary>
    internal string LastType { get; }

    /// <summary>The last field; there is one but before the first.</summary>
    internal FieldDefinition Last => last!;

    /// <summary>How many fields it has.</summary>
    internal int Length { get; }

    internal static QueryPath Root(ObjectType root) => new(
        root.Name switch
        {
            "Mutation" => "mutation ",
            "Subscription" => "subscription ",
            _ => "",
        },
        null,
        root.Name,
        null,
        null);

    /// <summary>What it decides about labels; null when nothing.</summary>
    internal LabelTrail? Labels { get; }

    internal QueryPath Then(string typeName, FieldDefinition field, LabelTrail? labels) => new(operation, this, typeName, field, labels);

    /// <summary>Its fields from the root on, each with the type that it is selected on.</summary>
    internal ImmutableArray<(string TypeName, string FieldName)> Steps()
    {
        var steps = new (string, string)[Length];
        for (var path = this; path.last is not null; path = path.before!)
        {
            steps[path.Length - 1] = (path.LastType, path.last.Name);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(steps);
    }

    /// <summary>The query, with an example for each required argument.</summary>
    internal string ToQuery() => $"{operation}{{ {Selection().Text} }}";

    /// <summary>One query for several paths that begin alike.</summary>
    internal static string ToQuery(IReadOnlyList<QueryPath> paths)
    {
        // What is not written in whole cannot be put together.
        var tree = new SelectionTree();
        foreach (var (index, path) in paths.Index())
        {
            var (text, isWhole) = path.Selection(paths.Take(index).Select(other => DifferAt(other, path)).Append(-1).Max(), index + 1);
            if (!isWhole)
            {
                return $"{path.operation}{{ {text} }}";
            }

            tree.Add(Parser.ParseSelectionSet(new SourceText($"{{ {text} }}")).Value!);
        }

        return $"{paths[0].operation}{{ {Syntax.Fields(tree.ToSelectionSet())} }}";
    }

    // The number of the field that needs a name of its own, since it is of another type than the other one's of the same name; -1 for none.
    private static int DifferAt(QueryPath some, QueryPath other)
    {
        var (fields, others) = (some.All(), other.All());
        var parted = -1;
        for (var at = 0; at < fields.Length && at < others.Length && fields[at].last!.Name == others[at].last!.Name; at++)
        {
            parted = parted < 0 && fields[at].LastType != others[at].LastType ? at : parted;
            if (parted >= 0 && fields[at].last!.Type.ToString() != others[at].last!.Type.ToString())
            {
                return parted;
            }
        }

        return -1;
    }

    private QueryPath[] All()
    {
        var all = new QueryPath[Length];
        for (var path = this; path.last is not null; path = path.before!)
        {
            all[path.Length - 1] = path;
        }

        return all;
    }

    // From the last field to the first one: each is opened before what was written, and closed behind it.
    private (string Text, bool IsWhole) Selection(int named = -1, int number = 0)
    {
        var left = MostExamples;
        var opened = new List<string> { Alias(this) + FieldText(last!, ref left) + (last!.Type.Named is CompositeType ? " { __typename }" : "") };
        var closed = 0;
        for (var (path, typeName) = (before!, LastType); path.last is not null; (path, typeName) = (path.before!, path.LastType))
        {
            if (Length > MostFields && path.Length > MostFields / 2 && path.Length <= Length - (MostFields / 2))
            {
                if (path.Length == Length - (MostFields / 2))
                {
                    opened.Add($"{More} {{ ");
                    closed++;
                }

                continue;
            }

            if (path.last.Type.Named is not ObjectType)
            {
                opened.Add($"... on {typeName} {{ ");
                closed++;
            }

            opened.Add($"{Alias(path)}{FieldText(path.last, ref left)} {{ ");
            closed++;
        }

        opened.Reverse();
        return (new StringBuilder().AppendJoin("", opened).AppendJoin("", Enumerable.Repeat(" }", closed)).ToString(), Length <= MostFields && left >= 0);

        string Alias(QueryPath path) => path.Length - 1 == named ? $"{path.last!.Name}{number}: " : "";
    }

    // Less than nothing is left when there was more to be written.
    private static string FieldText(FieldDefinition field, ref int left)
    {
        var text = new StringBuilder();
        foreach (var argument in field.Arguments)
        {
            if (!argument.IsRequired)
            {
                continue;
            }

            text.Append(text.Length == 0 ? "(" : ", ");
            if (left <= 0)
            {
                left = -1;
                text.Append(More);
                break;
            }

            text.Append(argument.Name).Append(": ").Append(Example(argument.Name, argument.Type, ref left));
        }

        return text.Length == 0 ? field.Name : $"{field.Name}{text})";
    }

    // Inputs in inputs, each with two of the next: their examples double at each step.
    private static string Example(string name, GraphQLType type, ref int left)
    {
        left = Math.Max(0, left - 1 - (name.Length / 32));
        return type.Nullable switch
        {
            ListType list => $"[{Example("", list.OfType, ref left)}]",
            EnumType @enum => @enum.Values[0].Name,
            InputObjectType { IsOneOf: true } input => $"{{{(left > 0 ? $"{input.Fields[0].Name}: {Example(input.Fields[0].Name, input.Fields[0].Type, ref left)}" : "")}}}",
            InputObjectType input => ExampleOf(input, ref left),
            ScalarType { Name: "Int" or "Float" } => "1",
            ScalarType { Name: "Boolean" } => "true",
            _ => "\"1\"",
        };
    }

    private static string ExampleOf(InputObjectType input, ref int left)
    {
        var fields = new List<string>();
        foreach (var field in input.Fields)
        {
            if (field.IsRequired && left > 0)
            {
                fields.Add($"{field.Name}: {Example(field.Name, field.Type, ref left)}");
            }
        }

        return $"{{{string.Join(", ", fields)}}}";
    }
}
