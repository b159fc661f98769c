using System.Runtime.CompilerServices;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Which sources can be entered on a value of a type on which some stand.</summary>
internal sealed class ClosureQuestion : Question
{
    private readonly Reachability reachability;
    private readonly GraphType type;
    private Closure? before;

    public ClosureQuestion(Reachability reachability, GraphType type, Closure closure)
    {
        (this.reachability, this.type, Closure) = (reachability, type, closure);
        closure.Question = this;
    }

    public Closure Closure { get; }

    /// <inheritdoc/>
    public override void Ask()
    {
        // From the beginning: in which order entries are found, and which of two equal ones is taken, does not hang on who was asked first.
        before = Closure.Restart();
        reachability.Widen(type, Closure);
    }

    /// <inheritdoc/>
    public override void Undo() => Closure.Restore(before);

    /// <inheritdoc/>
    public override bool Keep() => Closure.KeepBetter(before);

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        before = null;
        Closure.Question = null;
        reachability.Remember(Closure);
    }
}

/// <summary>After how many fetches a source can give a field that has a requirement.</summary>
internal sealed class RequirementQuestion : Question
{
    private readonly Reachability reachability;
    private readonly GraphType type;
    private readonly FieldAtSource field;
    private readonly Closure closure;
    private int found = Closure.Never;

    public RequirementQuestion(Reachability reachability, GraphType type, FieldAtSource field, Closure closure)
    {
        (this.reachability, this.type, this.field, this.closure) = (reachability, type, field, closure);
        closure.Question?.AddReader(this);
    }

    public int Depth { get; private set; } = Closure.Never;

    /// <inheritdoc/>
    public override void Ask() => found = reachability.DepthByEntry(type, field, closure);

    /// <inheritdoc/>
    public override void Undo()
    {
    }

    /// <inheritdoc/>
    public override bool Keep()
    {
        var isBetter = found < Depth;
        Depth = Math.Min(found, Depth);
        return isBetter;
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        closure.Remember(field, Depth);
    }
}

/// <summary>Arrivals that are the same, one by one.</summary>
internal sealed class SameArrivals : IEqualityComparer<List<Arrival>>
{
    /// <inheritdoc/>
    public bool Equals(List<Arrival>? x, List<Arrival>? y)
    {
        if (x is null || y is null || x.Count != y.Count)
        {
            return x == y;
        }

        for (var i = 0; i < x.Count; i++)
        {
            if (x[i].At != y[i].At || x[i].Depth != y[i].Depth || !Equals(x[i].View, y[i].View))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public int GetHashCode(List<Arrival> obj)
    {
        var code = new HashCode();
        foreach (var arrival in obj)
        {
            code.Add(RuntimeHelpers.GetHashCode(arrival.At));
            code.Add(arrival.Depth);
        }

        return code.ToHashCode();
    }
}
