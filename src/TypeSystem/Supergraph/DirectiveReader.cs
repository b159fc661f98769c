using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>Reads arguments of applied directives and collects what is wrong with them, at the directive's place.</summary>
internal sealed class DirectiveReader(SourceText source)
{
    private readonly List<GraphQLError> errors = [];
    private readonly HashSet<(int Start, string Message)> reported = [];

    internal ImmutableArray<GraphQLError> Errors => [.. errors];

    internal bool HasErrors => errors.Count > 0;

    /// <summary>Adds a problem; one that is found again, as what one directive says of several sources is, counts once.</summary>
    internal void Report(SyntaxNode at, string message)
    {
        if (reported.Add((at.Start, message)))
        {
            errors.Add(GraphQLError.At(source, message, null, at.Start));
        }
    }

    internal static string? Text(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        StringValueNode text => text.Value,
        _ => null,
    };

    internal string RequiredText(DirectiveNode directive, string argument)
    {
        if (Text(directive, argument) is { } text)
        {
            return text;
        }

        Report(directive, $"@{directive.Name} needs the string \"{argument}\".");
        return "";
    }

    internal static bool Flag(DirectiveNode directive, string argument, bool otherwise = false) =>
        directive.Argument(argument) is BooleanValueNode flag ? flag.Value : otherwise;

    /// <summary>Enum values or strings; one alone stands for a list of one.</summary>
    internal static ImmutableArray<string> Names(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        ListValueNode list => NamesOf(list),
        { } value => Name(value) is { } name ? [name] : [],
        null => [],
    };

    // PERF: each directive of a canonical supergraph has such a list, and most have one name.
    private static ImmutableArray<string> NamesOf(ListValueNode list)
    {
        var names = ImmutableArray.CreateBuilder<string>(list.Values.Length);
        foreach (var value in list.Values)
        {
            if (Name(value) is { } name)
            {
                names.Add(name);
            }
        }

        return names.DrainToImmutable();
    }

    internal SelectionSetNode? Fields(DirectiveNode directive, string argument)
    {
        return Text(directive, argument) is { } text ? Selection(directive, text) : null;
    }

    internal SelectionSetNode? Selection(DirectiveNode directive, string text)
    {
        var parsed = Parser.ParseSelectionSet(new SourceText(text));
        if (!parsed.IsSuccess)
        {
            Report(directive, $"\"{text}\" in @{directive.Name} is no selection of fields: {parsed.Error.Message}");
        }

        return parsed.Value;
    }

    internal TypeNode? Type(SyntaxNode at, string text)
    {
        var parsed = Parser.ParseType(new SourceText(text));
        if (!parsed.IsSuccess)
        {
            Report(at, $"\"{text}\" is no type: {parsed.Error.Message}");
        }

        return parsed.Value;
    }

    internal SelectedValueNode? Map(SyntaxNode at, string text)
    {
        var parsed = FieldSelectionMapParser.Parse(new SourceText(text));
        if (!parsed.IsSuccess)
        {
            Report(at, $"\"{text}\" is no field selection map: {parsed.Error.Message}");
        }

        return parsed.Value;
    }

    private static string? Name(ValueNode value) => value switch
    {
        EnumValueNode name => name.Value,
        StringValueNode text => text.Value,
        _ => null,
    };
}
