using System.Text.RegularExpressions;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// <c>@context</c> and <c>@fromContext</c>
/// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/entities/use-contexts">Using contexts</see>):
/// CONTEXT_NAME_INVALID, CONTEXT_NOT_SET, NO_CONTEXT_IN_SELECTION, CONTEXT_INVALID_SELECTION, CONTEXT_NO_RESOLVABLE_KEY.
/// </summary>
internal static partial class ContextRules
{
    /// <summary>Reads <c>$name selection</c>.</summary>
    internal static FromContextUse Parse(DirectiveNode directive, Place place)
    {
        var text = (directive.Argument("field") as StringValueNode)?.Value;
        var match = FieldValue().Match(text ?? "");
        var selection = match.Success ? match.Groups[2].Value.Trim() : "";
        return new FromContextUse(
            text, match.Success ? match.Groups[1].Value : null, selection.Length == 0 ? null : selection, place);
    }

    /// <summary>The fields that an argument from a context names, in every type that sets the context.</summary>
    internal static IEnumerable<SourceField> Targets(SourceModel model, FromContextUse use) =>
        use is { Context: not null, Selection: not null } && ParseSelection(use.Selection).Selection is { } selection
            ? Setters(model, use.Context).SelectMany(type => ApolloMarks.Targets(model, type.Definition, selection))
            : [];

    /// <summary>The selection of an argument, or what is wrong with it.</summary>
    internal static (SelectionSetNode? Selection, string? Problem) ParseSelection(string text)
    {
        var parsed = Parser.ParseSelectionSet(new SourceText(text));
        return (parsed.Value, parsed.Error?.Message);
    }

    internal static IEnumerable<SourceType> Setters(SourceModel model, string context) =>
        model.Types.Values.Where(type => type.Contexts.Exists(use => use.Name == context));

    internal static void Names(SourceModel model, ProblemSink problems)
    {
        foreach (var type in model.Types.Values)
        {
            foreach (var use in type.Contexts.Where(use => !Name().IsMatch(use.Name)))
            {
                problems.Error(
                    ProblemCode.ContextNameInvalid,
                    $"\"{use.Name}\" in @context on {type} is no name of a context.",
                    "Begin with a letter and go on with letters and digits; underscores are not allowed.",
                    use.Place);
            }
        }
    }

    internal static void Arguments(SourceModel model, ProblemSink problems)
    {
        OfDirectives(model, problems);
        foreach (var field in model.AllFields)
        {
            foreach (var (name, use) in field.ContextArguments)
            {
                if (field.Type.Definition is not ObjectType type)
                {
                    NotSet($"{field} belongs to an interface, and only the fields of objects get arguments from a context.", "Move @fromContext to the objects.", use);
                    continue;
                }

                CheckPosition(field, type, name, use);
                CheckContext(field, name, use);
            }
        }

        void CheckPosition(SourceField field, ObjectType type, string name, FromContextUse use)
        {
            foreach (var @interface in type.Interfaces.Where(it => it.FindField(field.Name) is not null))
            {
                NotSet(
                    $"{field} implements {@interface}.{field.Name}, so that its argument \"{name}\" cannot come from a context.",
                    $"Remove {field.Name} from {@interface} in {model.Name}, or @fromContext from the argument.",
                    use);
            }

            if (field.Definition.FindArgument(name)!.DefaultValue is not null)
            {
                NotSet($"The argument \"{name}\" of {field} comes from a context and has a default.", "Remove the default.", use);
            }
        }

        void CheckContext(SourceField field, string name, FromContextUse use)
        {
            if (use.Context is null || use.Selection is null)
            {
                problems.Error(
                    ProblemCode.NoContextInSelection,
                    $"\"{use.Text}\" in @fromContext on the argument \"{name}\" of {field} names no context and what to take from it.",
                    "Write the context with a dollar sign, and one field: \"$context { field }\".",
                    use.Place);
                return;
            }

            var setters = Setters(model, use.Context).ToArray();
            if (setters.Length == 0)
            {
                NotSet(
                    $"The argument \"{name}\" of {field} comes from the context \"{use.Context}\", which no type of {model.Name} sets.",
                    $"Add @context(name: \"{use.Context}\") to the type that the value comes from, in {model.Name}.",
                    use);
            }
            else
            {
                ContextSelection.Check(model, field, name, use, setters, problems);
            }

            if (!field.Type.Keys.Exists(key => key.IsResolvable))
            {
                problems.Error(
                    ProblemCode.ContextNoResolvableKey,
                    $"{field} has an argument from a context, and {field.Type} has no key by which {model.Name} can be asked for it.",
                    $"Add a @key to {field.Type} in {model.Name}, without resolvable: false.",
                    field.Type.Place, use.Place);
            }
        }

        void NotSet(string message, string hint, FromContextUse use) => problems.Error(ProblemCode.ContextNotSet, message, hint, use.Place);
    }

    private static void OfDirectives(SourceModel model, ProblemSink problems)
    {
        foreach (var definition in model.Schema.DirectiveDefinitions)
        {
            foreach (var argument in definition.Arguments)
            {
                if (Directives.Find(argument.Directives, "fromContext") is { } directive)
                {
                    problems.Error(
                        ProblemCode.ContextNotSet,
                        $"The argument \"{argument.Name}\" of @{SourceLinks.OwnName(definition.Name)} belongs to a directive, and only the fields of objects get arguments from a context.",
                        "Remove @fromContext.",
                        model.At(definition.Origin, directive.Start));
                }
            }
        }
    }

    [GeneratedRegex(@"^(?:[\n\r\t ,]|#[^\n\r]*)*\$(?:[\n\r\t ,]|#[^\n\r]*)*([A-Za-z_]\w*)([\s\S]*)$")]
    private static partial Regex FieldValue();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*$")]
    private static partial Regex Name();
}
