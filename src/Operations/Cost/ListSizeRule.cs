using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Operations;

/// <summary>
/// What <c>@listSize</c> says
/// (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-The-List-Size-Directive">The List Size Directive</see>, and HotChocolate's
/// <c>slicingArgumentDefaultValue</c>).
/// </summary>
internal sealed record ListSizeRule
{
    /// <summary>Nothing is said.</summary>
    public static ListSizeRule Unsaid { get; } = new() { SlicingArguments = [], Otherwise = null, SizedFields = [], RequiresOne = false };

    /// <summary>Arguments that say how many items are wanted; a path leads into an input object.</summary>
    public required ImmutableArray<ImmutableArray<string>> SlicingArguments { get; init; }

    /// <summary>The size where no slicing argument is given; null where nothing is said.</summary>
    public required int? Otherwise { get; init; }

    /// <summary>
    /// The lists below that have the size; empty where the field itself is the list. A path, which only Apollo has
    /// (<c>page { items }</c>), leads further down.
    /// </summary>
    public required ImmutableArray<ImmutableArray<string>> SizedFields { get; init; }

    /// <summary>Whether exactly one of the slicing arguments must be given.</summary>
    public required bool RequiresOne { get; init; }

    /// <summary>Reads the directive.</summary>
    public static ListSizeRule Of(DirectiveNode directive)
    {
        var slicing = Paths(directive, "slicingArguments");
        return new ListSizeRule
        {
            SlicingArguments = slicing,
            Otherwise = Number(directive.Argument("slicingArgumentDefaultValue")) ?? Number(directive.Argument("assumedSize")),
            SizedFields = Paths(directive, "sizedFields"),
            RequiresOne = !slicing.IsEmpty && directive.Argument("requireOneSlicingArgument") is not BooleanValueNode { Value: false },
        };
    }

    /// <summary>A size as it is written, from 0; null where it is none.</summary>
    public static int? Number(ValueNode? value) => Wanted(value) is { } size ? Math.Max(size, 0) : null;

    /// <summary>A number of items as a client writes it, rounded up; negative where it is less than nothing; null where it is none.</summary>
    public static int? Wanted(ValueNode? value) => value switch
    {
        IntValueNode { Value: var text } => Parse(text),
        FloatValueNode { Value: var text } => Parse(text),
        _ => null,
    };

    private static int? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size)
            ? size < 0 ? -1 : (int)Math.Min(Math.Ceiling(size), int.MaxValue)
            : null;

    private static ImmutableArray<ImmutableArray<string>> Paths(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        ListValueNode list => [.. list.Values.OfType<StringValueNode>().Select(text => Path(text.Value)).Where(path => !path.IsEmpty)],
        StringValueNode only => [Path(only.Value)],
        _ => [],
    };

    private static ImmutableArray<string> Path(string text) =>
        [.. text.Split([' ', '.', '{', '}', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
}

/// <summary>How many items a list has where a field is called with certain arguments.</summary>
public sealed class ListSize
{
    private const int Nothing = -1;

    private readonly Source[] sources;
    private readonly long otherwise;

    internal ListSize(ListSizeRule rule, FieldDefinition selected, FieldDefinition own, ImmutableArray<ArgumentNode> arguments, int defaultListSize)
    {
        Rule = rule;
        Field = selected;
        otherwise = rule.Otherwise ?? defaultListSize;
        sources = [.. rule.SlicingArguments.Select(path => SourceOf(path, own, arguments))];
    }

    /// <summary>The field that is called, as it is selected.</summary>
    public FieldDefinition Field { get; }

    /// <summary>The names of the slicing arguments.</summary>
    public IEnumerable<string> SlicingArguments => Rule.SlicingArguments.Select(path => string.Join('.', path));

    internal ListSizeRule Rule { get; }

    internal bool IsConstant => sources.All(source => source.Variable is null);

    /// <summary>
    /// What the directive of a field says of a list where no variable is known; null where it says nothing.
    /// </summary>
    /// <param name="field">The field that is called.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="below">The field right below it that gives the list; null where it is the field itself.</param>
    public static long? Stated(FieldDefinition field, ImmutableArray<ArgumentNode> arguments, string? below)
    {
        if (Directives.Find(field.Directives, WellKnownDirectives.ListSize) is not { } directive)
        {
            return null;
        }

        var rule = ListSizeRule.Of(directive);
        var isMeant = below is null ? rule.SizedFields.IsEmpty : rule.SizedFields.Any(path => path is [var name] && name == below);
        var size = isMeant ? new ListSize(rule, field, field, arguments, Nothing).Evaluate(VariableValues.Empty) : Nothing;
        return size == Nothing ? null : size;
    }

    /// <summary>How many of the slicing arguments are given and not null; a default of the schema is given.</summary>
    public int CountGiven(VariableValues values)
    {
        var count = 0;
        foreach (var source in sources)
        {
            count += source.Evaluate(values) is null ? 0 : 1;
        }

        return count;
    }

    /// <summary>
    /// The largest of the slicing arguments that are given, else what is said otherwise; from 0. A negative one is given, and says nothing of the size: there are
    /// sources that take it for all.
    /// </summary>
    internal long Evaluate(VariableValues values)
    {
        long? largest = null;
        foreach (var source in sources)
        {
            if (source.Evaluate(values) is { } size && size >= (largest ?? 0))
            {
                largest = size;
            }
        }

        return largest ?? otherwise;
    }

    private static Source SourceOf(ImmutableArray<string> path, FieldDefinition field, ImmutableArray<ArgumentNode> arguments) =>
        Follow(CallCost.Find(arguments, path[0]), field.FindArgument(path[0]), path[1..]);

    // Of what is given, else of the default, what stands at the end of the path.
    private static Source Follow(ValueNode? given, InputValueDefinition? definition, ImmutableArray<string> path)
    {
        var value = given ?? definition?.DefaultValue;
        if (value is VariableNode variable)
        {
            return new Source(null, variable.Name.Value, [.. path], Follow(null, definition, path).Constant);
        }

        if (path.IsEmpty)
        {
            return new Source(SizeOf(value), null, [], null);
        }

        return value is ObjectValueNode @object && definition?.Type.Named is InputObjectType type
            ? Follow(@object.Fields.FirstOrDefault(member => member.Name.Value == path[0])?.Value, type.FindField(path[0]), path[1..])
            : new Source(null, null, [], null);
    }

    // What is no number and no list says nothing that could be trusted: it is the most.
    private static long? SizeOf(ValueNode? value) => value switch
    {
        null or NullValueNode => null,
        ListValueNode list => list.Values.Length,
        _ => ListSizeRule.Wanted(value) ?? int.MaxValue,
    };

    // A number, or where in the variables it stands, and what holds where the variable has no value.
    private sealed record Source(long? Constant, string? Variable, string[] Path, long? Missing)
    {
        public long? Evaluate(VariableValues values)
        {
            if (Variable is null)
            {
                return Constant;
            }

            if (!values.TryGetValue(Variable, out var value))
            {
                return Missing;
            }

            foreach (var name in Path)
            {
                value = (value as Dictionary<string, object?>)?.GetValueOrDefault(name);
            }

            return value switch
            {
                null => null,
                int number => number,
                List<object?> list => list.Count,
                double number => number < 0 ? -1 : number < int.MaxValue ? (long)Math.Ceiling(number) : int.MaxValue,
                _ => int.MaxValue,
            };
        }
    }
}
