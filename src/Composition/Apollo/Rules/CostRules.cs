using System.Globalization;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// <c>@cost</c> and <c>@listSize</c> (<see href="https://ibm.github.io/graphql-specs/cost-spec.html">Cost Directives</see>):
/// COST_APPLIED_TO_INTERFACE_FIELD, LIST_SIZE_APPLIED_TO_NON_LIST, LIST_SIZE_INVALID_ASSUMED_SIZE, LIST_SIZE_INVALID_SLICING_ARGUMENT,
/// LIST_SIZE_INVALID_SIZED_FIELD.
/// </summary>
internal static class CostRules
{
    internal static void CostAppliedToInterfaceField(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields.Where(field => field.Type.Definition is InterfaceType))
        {
            if (field.Directive("cost") is { } directive)
            {
                problems.Error(
                    ProblemCode.CostAppliedToInterfaceField,
                    $"{field} has @cost, and {field.Type} is an interface: what a field costs depends on the object that resolves it.",
                    $"Move @cost to the field of each object that implements {field.Type}.",
                    field.PlaceOf(directive));
            }
        }
    }

    internal static void ListSize(SourceModel model, ProblemSink problems)
    {
        foreach (var field in model.AllFields)
        {
            if (field.Directive("listSize") is { } directive)
            {
                var sized = Names(directive, "sizedFields");
                CheckTarget(field, directive, sized, problems);
                CheckSlicingArguments(field, directive, problems);
                CheckSizedFields(field, directive, sized, problems);
            }
        }
    }

    private static void CheckTarget(SourceField field, DirectiveNode directive, string[] sized, ProblemSink problems)
    {
        if (sized.Length == 0 && field.Definition.Type.Nullable is not ListType)
        {
            problems.Error(
                ProblemCode.ListSizeAppliedToNonList,
                $"{field} has @listSize and returns {field.Definition.Type}, which is no list.",
                "Put @listSize on a field that returns a list, or name the lists below it in sizedFields.",
                field.PlaceOf(directive));
        }

        if (directive.Argument("assumedSize") is IntValueNode { Value: var size }
            && int.TryParse(size, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < 0)
        {
            problems.Error(
                ProblemCode.ListSizeInvalidAssumedSize,
                $"The assumed size of {field} is {size}; no list has so few items.",
                "Write the number of items that is usual at most.",
                field.PlaceOf(directive));
        }
    }

    private static void CheckSlicingArguments(SourceField field, DirectiveNode directive, ProblemSink problems)
    {
        foreach (var name in Names(directive, "slicingArguments"))
        {
            var argument = field.Definition.FindArgument(name);
            if (argument?.Type.Nullable is not ScalarType { Name: "Int" })
            {
                problems.Error(
                    ProblemCode.ListSizeInvalidSlicingArgument,
                    argument is null
                        ? $"@listSize on {field} names the slicing argument \"{name}\", which the field does not have."
                        : $"@listSize on {field} names the slicing argument \"{name}\", which is {argument.Type} and not Int.",
                    "Name arguments of the field that say how many items are wanted.",
                    field.PlaceOf(directive));
            }
        }
    }

    private static void CheckSizedFields(SourceField field, DirectiveNode directive, string[] sized, ProblemSink problems)
    {
        foreach (var name in sized)
        {
            var target = (field.Definition.Type.Named as CompositeType)?.FindField(name);
            if (target is null)
            {
                problems.Error(
                    ProblemCode.ListSizeInvalidSizedField,
                    $"@listSize on {field} names the sized field \"{name}\", which {field.Definition.Type.Named} does not have.",
                    $"Name a list of {field.Definition.Type.Named}.",
                    field.PlaceOf(directive));
            }
            else if (target.Type.Nullable is not ListType)
            {
                problems.Error(
                    ProblemCode.ListSizeAppliedToNonList,
                    $"@listSize on {field} names the sized field {target}, which returns {target.Type}, no list.",
                    $"Name a list of {field.Definition.Type.Named}.",
                    field.PlaceOf(directive), field.Model.At(target.Origin));
            }
        }
    }

    private static string[] Names(DirectiveNode directive, string argument) => directive.Argument(argument) switch
    {
        StringValueNode text => [text.Value],
        ListValueNode list => [.. list.Values.OfType<StringValueNode>().Select(item => item.Value)],
        _ => [],
    };
}
