using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// About how many bytes a walk for satisfiability holds, and some for each step of it, so that its time has a bound, too. Points are sets: where sources share a type and each lacks another of its fields they double with each source, and with each label and
/// context. No way of looking at fewer is known that holds for all graphs (it is the question whether an automaton that guesses accepts everything), so that there is a bound.
/// </summary>
internal sealed class WalkSize(Supergraph supergraph)
{
    /// <summary>What each graph may take.</summary>
    internal const long Least = 200_000_000;

    // And so much more for each type and each field in a source: mostly there is a point for each of the types.
    private const long OfMember = 1_000;

    // With what the walk itself notes of it, in tables that are not full.
    private const long OfPoint = 500;

    private const long OfStep = 16;

    // A label that a walk decides, with the way there (LabelTrail), and one that is decided in a selection.
    private const long OfLabel = 500;
    private const long OfChoice = 40;

    private long? most;

    internal long Bytes { get; private set; }

    internal bool IsTooLarge => Bytes > Least && Bytes > (most ??= Least + (OfMember * CountMembers(supergraph)));

    /// <summary>Notes that a field is looked at from a set of sources, those that have it one after the other.</summary>
    /// <param name="closed">The sources.</param>
    /// <param name="member">The field.</param>
    /// <param name="facts">What is known there: it is compared.</param>
    internal void AddStep(StandSet closed, FieldIndex member, PathFacts facts) =>
        Bytes += (OfStep * (1 + Math.Min(closed.Items.Length, member.Entries.Length))) + LengthOf(member.Labels) + (4 * (facts.Labels.Count + facts.Contexts.Count));

    /// <summary>Notes that a walk has decided the labels of a field.</summary>
    internal void AddTrail(FieldIndex member) => Bytes += OfLabel * member.Labels.Length;

    /// <summary>Notes that a label is decided where a selection is looked at.</summary>
    internal void AddChoice() => Bytes += OfChoice;

    private static int LengthOf(ImmutableArray<string> labels)
    {
        var length = 0;
        foreach (var label in labels)
        {
            length += label.Length;
        }

        return length;
    }

    // The facts are made anew for each.
    internal void AddPoint(PathFacts facts) => Bytes += OfPoint + (100 * (facts.Labels.Count + facts.Contexts.Count));

    /// <summary>Notes that it is kept whence a position was come to.</summary>
    internal void AddOrigin() => Bytes += 100;

    /// <summary>Notes that a label is known at some place.</summary>
    internal void AddMemory() => Bytes += 100;

    internal void AddSet(StandSet set) => Bytes += 120 + (8 * set.Items.Length);

    // What is provided is a tree beside its text.
    internal void AddStand(string view) => Bytes += 200 + (20 * view.Length);

    private static long CountMembers(Supergraph supergraph) =>
        supergraph.Types.Sum(type => (long)type.Sources.Length + type.Fields.Sum(member => member.Sources.Length));
}
