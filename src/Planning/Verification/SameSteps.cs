using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>
/// Tells steps that ask a source for what another one asks already. What is required of all objects of an <c>@interfaceObject</c> before their types are told may be asked
/// of some again for the client after that: then each of the two fills a slot that the other does not, for clients or for what reads it.
/// </summary>
/// <param name="plan">The plan.</param>
internal sealed class SameSteps(QueryPlan plan)
{
    private readonly Dictionary<(int Source, ResultField? At, int Document), List<FetchStep>> before = [];

    // Few plans have such steps.
    private HashSet<ResultField>? read;

    private HashSet<ResultField> Read => read ??= [.. plan.Steps.SelectMany(step => step.Inputs).SelectMany(input => TemplateText.FieldsOf(input.Value))];

    /// <summary>True where a step that was asked of before asks for what this one asks for.</summary>
    public bool HasOne(FetchStep step)
    {
        var document = new HashCode();
        document.AddBytes(step.Document.Utf8.Span);
        var others = CollectionsMarshal.GetValueRefOrAddDefault(before, (step.Source.Ordinal, step.Path.LastOrDefault(), document.ToHashCode()), out _) ??= [];
        var has = others.Exists(other => AreSame(other, step));
        others.Add(step);
        return has;
    }

    // One of the two could be left out.
    private bool AreSame(FetchStep other, FetchStep step) => other.Source == step.Source && other.TargetTypes.Overlaps(step.TargetTypes)
        && other.Path.SequenceEqual(step.Path) && other.Document.Utf8.Span.SequenceEqual(step.Document.Utf8.Span)
        && !(HasOwn(step, other) && HasOwn(other, step));

    private bool HasOwn(FetchStep step, FetchStep other) => step.Selection.Fields.Any(field =>
        !other.Selection.Fields.Any(known => known.Target == field.Target) && (!field.Target.IsHidden || Read.Contains(field.Target)));
}
