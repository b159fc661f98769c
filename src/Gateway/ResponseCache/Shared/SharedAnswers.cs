using System.Buffers;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Whole answers in the shared store, beside those in memory.</summary>
/// <param name="cache">The store.</param>
/// <param name="memory">What is kept here: what is found goes there first.</param>
/// <param name="invalidations">What is to be forgotten.</param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class SharedAnswers(SharedCache cache, KeptStore<KeptAnswer> memory, Invalidations invalidations, TimeProvider clock)
{
    private const string Kind = "answer";

    /// <summary>What is known of the store before sources are asked.</summary>
    public SharedPoint? Point => cache.Point;

    /// <summary>An answer that another replica has put there and that may be given; it is kept here from now on. Null where there is none.</summary>
    /// <param name="run">The request.</param>
    /// <param name="key">Its key in memory.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any longer.</param>
    public async Task<KeptAnswer?> FindAsync(RunningRequest run, FlightKey key, ClientIdentity client, CancellationToken cancellationToken)
    {
        var since = invalidations.Number;
        var own = SharedNames.OfClient(client);
        var records = await cache.FindAsync(own is null ? [NameOf(run, key, null)] : [NameOf(run, key, null), NameOf(run, key, own)], cancellationToken);
        for (var i = 0; i < records.Length; i++)
        {
            if (records[i] is not { } record || record.IsPrivate != (i == 1))
            {
                continue;
            }

            var labels = AnswerKeeper.LabelsOf(run, record.Tags);
            if (cache.IsForgotten(record, labels))
            {
                continue;
            }

            var answer = new KeptAnswer(new WholeResponse(record.Body), cache.PolicyOf(record), record.IsPrivate ? client.Number : 0, record.Cost, labels, clock);
            var why = Invalidations.Keep(invalidations, memory, key.For(answer.Client).Keep(), answer, since);
            if (why is MadeAnswer.Yes or MadeAnswer.TooLarge)
            {
                run.Plan!.Keeping = record.IsPrivate ? AnswerKeeping.Private : AnswerKeeping.Shared;
                return answer;
            }
        }

        return null;
    }

    /// <summary>Puts an answer there that is kept here.</summary>
    /// <param name="run">Its request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="client">Whose it is where it is private.</param>
    /// <param name="answer">The answer.</param>
    public void Keep(RunningRequest run, FlightKey key, ClientIdentity client, KeptAnswer answer)
    {
        var own = answer.IsPrivate ? SharedNames.OfClient(client) : null;
        if (answer.IsPrivate && own is null)
        {
            return;
        }

        var body = new ArrayBufferWriter<byte>(answer.Body.Length);
        answer.Body.WriteTo(body, ResultPosition.None);
        cache.Keep(NameOf(run, key, own), run.Policies!.SharedPoint, answer.Policy, answer.Cost, [.. run.Policies.Tags], body.WrittenSpan.ToArray());
    }

    /// <summary>Takes an answer out of it: its sources have changed their minds.</summary>
    public void Remove(RunningRequest run, FlightKey key, ClientIdentity client, KeptAnswer answer) =>
        cache.Remove(NameOf(run, key, answer.IsPrivate ? SharedNames.OfClient(client) : null));

    // In memory a plan has a number, which is its own in each process: the rest of the key says the same everywhere.
    private byte[] NameOf(RunningRequest run, in FlightKey key, byte[]? client) =>
        SharedNames.Of(cache.Prefix, Kind, run.Plan!.Name!, key.All[sizeof(long)..], key.Content.Length, client);
}
