using System.Collections.Concurrent;
using System.Text;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>Steps of one source that travel in one request, made ready to run.</summary>
internal sealed class CompiledRequest(CompiledStep[] steps)
{
    // Steps without targets stay at home, so a document for each set of steps that do travel; some are kept.
    private const int MaxKeptBatches = 32;

    private readonly ConcurrentDictionary<string, CompiledBatch> batches = [];

    /// <summary>The steps, ascending.</summary>
    public CompiledStep[] Steps { get; } = steps;

    /// <summary>The document for some of the steps, ascending, that ask for entities.</summary>
    public CompiledBatch BatchOf(StepRun[] runs)
    {
        var key = string.Join(',', runs.Select(run => run.Step.Step.Id));
        if (batches.TryGetValue(key, out var batch))
        {
            return batch;
        }

        batch = new CompiledBatch(EntityBatch.Of([.. runs.Select(run => run.Step.Step)]));
        if (batches.Count < MaxKeptBatches)
        {
            batches.TryAdd(key, batch);
        }

        return batch;
    }
}

/// <summary>An <see cref="EntityBatch"/> made ready to run.</summary>
internal sealed class CompiledBatch(EntityBatch batch)
{
    public EntityBatch Source { get; } = batch;

    /// <summary>The request's body up to the variables.</summary>
    public byte[] Prefix { get; } = CompiledStep.PrefixOf(batch.Text);

    /// <summary>By list: the variable's name with quotes and colon.</summary>
    public byte[][] VariableKeys { get; } = [.. batch.Variables.Select(name => Encoding.UTF8.GetBytes($"\"{name}\":"))];

    public (string Name, byte[] Key)[] ForwardedNames { get; } =
        [.. batch.ForwardedVariables.Select(name => (name, Encoding.UTF8.GetBytes($"\"{name}\":")))];
}
