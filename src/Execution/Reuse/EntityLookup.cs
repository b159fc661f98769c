using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>The entities that one step asks its source for, while it is looked up which of them are known (<see cref="IEntityCache"/>).</summary>
public sealed class EntityLookup
{
    private readonly StepRun run;

    internal EntityLookup(StepRun run, ReadOnlyMemory<byte> variables)
    {
        this.run = run;
        (Source, Document, Variables) = (run.Step.Source, run.Step.Prefix, variables);
        IsByRepresentation = run.Step.Step.Kind == Planning.FetchKind.Representations;
        Type = run.Step.Shape.Source.Type.Name;
        KeyArguments = run.Step.KeyArguments;
        Values = new byte[]?[run.EntryCount];
    }

    /// <summary>The source.</summary>
    public SourceSchema Source { get; }

    /// <summary>What is asked: the request's body up to its variables, for one entity or a list of them, whichever way they travel.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>The client's variables that the document uses, as members of a JSON object: those that the client gave, each as it gave it.</summary>
    public ReadOnlyMemory<byte> Variables { get; }

    /// <summary>True where the first input of an entity is an Apollo representation; else all are arguments of a lookup.</summary>
    public bool IsByRepresentation { get; }

    /// <summary>The type of the place where the entities stand, as the graph names it: theirs, or one that they have.</summary>
    public string Type { get; }

    /// <inheritdoc cref="CompiledStep.KeyArguments"/>
    public ImmutableArray<string?> KeyArguments { get; }

    /// <summary>How many there are.</summary>
    public int Count => Values.Length;

    /// <summary>By entity: its JSON, an object as the source gave it, where it is known. Its bytes do not change any more.</summary>
    public byte[]?[] Values { get; }

    /// <summary>What the cache notes for itself.</summary>
    public object? Notes { get; set; }

    /// <summary>The input values of an entity, as JSON, with commas between them; valid until <see cref="IEntityCache.FindAsync"/> has ended.</summary>
    public ReadOnlySpan<byte> Inputs(int entity) => run.AllValues(entity);
}
