using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>What a source gives of its objects by itself.</summary>
internal static class OwnFields
{
    /// <summary>True where it gives a field without needing others, all the way down: of objects that say what they are, and need not.</summary>
    /// <param name="at">The objects' type in the source.</param>
    /// <param name="view">What is provided where the source stands.</param>
    /// <param name="node">The field, with what is wanted below it.</param>
    /// <param name="schema">The full schema.</param>
    public static bool AreGiven(TypeAtSource at, ProvidesView? view, FieldNode node, Schema schema) =>
        at.Fields.GetValueOrDefault(node.Name.Value) is { Needs: null } field && field.IsServed(node.Arguments, view) && AreGivenBelow(field, view, node, schema);

    /// <summary>The same of what is wanted below a field.</summary>
    public static bool AreGivenBelow(FieldAtSource field, ProvidesView? view, FieldNode node, Schema schema) => node.SelectionSet is not { } set
        || (field.Below is { IsInterfaceObject: false, Type.Type: ObjectType } there && set.Selections.All(item => item is FieldNode inner
            && (inner.Name.Value == "__typename" || AreGiven(there, ProvidesView.Below(field, view, schema), inner, schema))));
}
