using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// <c>@override</c> of Apollo's sources: who takes over what, and OVERRIDE_ON_INTERFACE, OVERRIDE_FROM_SELF_ERROR,
/// OVERRIDE_SOURCE_HAS_OVERRIDE, OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE, OVERRIDE_LABEL_INVALID. To override from a source that is not
/// there is fine: it may have gone.
/// </summary>
internal static class ApolloOverrides
{
    internal static void Resolve(SourceSet sources, ProblemSink problems)
    {
        foreach (var group in sources.Fields)
        {
            foreach (var field in group.Sources)
            {
                if (field is { Override: not null, Model.IsApollo: true } && Check(sources, group, field, problems) is { } old && group.IsApollo)
                {
                    Take(field, old);
                }
            }
        }
    }

    private static void Take(SourceField field, SourceField old)
    {
        if (field.Override!.Label is null)
        {
            old.OverriddenBy = field;
        }
        else
        {
            old.ProgressivelyOverriddenBy = field;
        }
    }

    // The field that is taken over; null when it is none, or not possible.
    private static SourceField? Check(SourceSet sources, FieldGroup group, SourceField field, ProblemSink problems)
    {
        var use = field.Override!;
        if (!CanOverride(field, problems))
        {
            return null;
        }

        var old = group.Sources.Find(other => other.Model.Name == use.From);
        if (old is null)
        {
            if (AbstractedBy(sources, group, use.From) is { } @object)
            {
                Collision(
                    problems,
                    $"{field} is taken over from {use.From}, which has it only through the interface object {@object.Type}.",
                    $"Remove @override, or define {group.Type.Name} in {use.From}.",
                    use.Place, @object.Place);
            }

            return null;
        }

        if (old.Override is not null && group.IsApollo)
        {
            problems.Error(
                ProblemCode.OverrideSourceHasOverride,
                $"{group.Coordinate} has several @override ({field.Model.Name} from {use.From}, {use.From} from {old.Override.From}): one takes it from a source that takes it from another.",
                "Keep @override in the source that shall own the field, and remove the field from the others.",
                [use.Place, old.Override.Place]);
            return null;
        }

        return CanBeTaken(field, old, problems) && IsLabelFine(field, problems) && !old.IsExternal ? old : null;
    }

    private static bool CanOverride(SourceField field, ProblemSink problems)
    {
        var use = field.Override!;
        if (field.Type.Definition is InterfaceType)
        {
            problems.Error(
                ProblemCode.OverrideOnInterface,
                $"{field} has @override, and {field.Type} is an interface: only the objects that implement it resolve fields.",
                $"Move @override to the field of each object that implements {field.Type}.",
                use.Place);
            return false;
        }

        if (field.Type.IsInterfaceObject)
        {
            Collision(
                problems, $"{field} has @override, and {field.Type} is an interface object, whose fields cannot be taken over.", "Remove @override.", use.Place);
            return false;
        }

        if (use.From == field.Model.Name)
        {
            problems.Error(
                ProblemCode.OverrideFromSelfError,
                $"{field} has @override(from: \"{use.From}\"), and {use.From} is the source that says so.",
                "Name the source that the field is taken over from, or remove @override.",
                use.Place);
            return false;
        }

        return true;
    }

    private static bool CanBeTaken(SourceField field, SourceField old, ProblemSink problems)
    {
        var use = field.Override!;
        if ((old.Directive("requires") ?? old.Directive("provides")) is { } other)
        {
            Collision(
                problems,
                $"{field} is taken over from {use.From}, where it has @{other.Name}.",
                $"Remove @{other.Name} in {use.From}, or remove @override.",
                use.Place, old.PlaceOf(other));
            return false;
        }

        if (field.IsExternal)
        {
            Collision(
                problems,
                $"{field} has @override and is @external: it cannot be taken over and belong to another source.",
                $"Remove @override: {field.Model.Name} uses the field as another source's, and for that it stays @external.",
                use.Place);
            return false;
        }

        return true;
    }

    private static void Collision(ProblemSink problems, string message, string hint, params IEnumerable<Place> places) =>
        problems.Error(ProblemCode.OverrideCollisionWithAnotherDirective, message, hint, places);

    private static bool IsLabelFine(SourceField field, ProblemSink problems)
    {
        var use = field.Override!;
        if (use.Label is null || ApolloSourceRules.IsLabel(use.Label))
        {
            return true;
        }

        problems.Error(
            ProblemCode.OverrideLabelInvalid,
            $"{field} has @override with the label \"{use.Label}\", which is none.",
            "Write a name that begins with a letter (letters, digits, _ - : . /), or percent(NUMBER) with a number from 0 to 100.",
            use.Place);
        return true;
    }

    /// <summary>The field of an interface object by which a source, not knowing the object, has its field.</summary>
    private static SourceField? AbstractedBy(SourceSet sources, FieldGroup group, string source) =>
        Abstracting(sources, group).FirstOrDefault(field => field.Model.Name == source);

    /// <summary>The fields of interface objects by which sources, not knowing the object type, have the field.</summary>
    internal static IEnumerable<SourceField> Abstracting(SourceSet sources, FieldGroup group) =>
        group.Type.Kind != TypeKind.Object || sources.InterfaceObjects.Count == 0 || !group.Type.Interfaces.Any(sources.InterfaceObjects.Contains)
            ? []
            : OfInterfaceObjects(sources, group);

    private static IEnumerable<SourceField> OfInterfaceObjects(SourceSet sources, FieldGroup group) => group.Type.Interfaces
        .SelectMany(name => sources.InterfaceObjects[name])
        .Where(type => !type.Model.Types.ContainsKey(group.Type.Name))
        .Select(type => type.Fields.GetValueOrDefault(group.Name))
        .OfType<SourceField>();
}
