using System.Buffers;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What was made of an answer.</summary>
/// <param name="Answer">The answer where it may be kept by anybody; null where not.</param>
/// <param name="Why"><c>yes</c> where it is kept here, else why not.</param>
internal readonly record struct MadeAnswer(KeptAnswer? Answer, string Why)
{
    /// <summary>It is kept here.</summary>
    public const string Yes = "yes";

    /// <summary>It has errors: the next one may have none.</summary>
    public const string Errors = "errors";

    /// <summary>It is larger than what is kept.</summary>
    public const string TooLarge = "too-large";

    /// <summary>Somebody has wanted it to be forgotten while it was on its way.</summary>
    public const string Invalidated = "invalidated";

    /// <summary>Whether it is kept here.</summary>
    public bool IsKept => Why == Yes;
}

/// <summary>Keeps answers that may be kept.</summary>
/// <param name="store">Where; null keeps none.</param>
/// <param name="maxBytes">Bytes of the largest one.</param>
/// <param name="invalidations">What is to be forgotten; null where nobody can say so.</param>
/// <param name="shared">What replicas share; null for nothing.</param>
/// <param name="clock">Tells how old they are.</param>
internal sealed class AnswerKeeper(KeptStore<KeptAnswer>? store, int maxBytes, Invalidations? invalidations, SharedAnswers? shared, TimeProvider clock)
{
    /// <summary>Looks at an answer, whose body stays the caller's, and keeps it where it may.</summary>
    /// <param name="run">Its request.</param>
    /// <param name="body">The answer.</param>
    /// <param name="key">What it is the answer to; null keeps nothing.</param>
    /// <param name="client">Whose it is, where it is private.</param>
    /// <param name="old">The one that is given until it is there; null where there is none. It has the key, too, as whose it is.</param>
    public MadeAnswer Take(RunningRequest run, ResponseBody body, FlightKey? key, ClientIdentity client, KeptAnswer? old = null)
    {
        var made = Judge(run, body, client.Number);
        if (made.Answer is { } answer)
        {
            made = made with { Why = Keep(run, answer, key, old) };
            if (made.IsKept)
            {
                shared?.Keep(run, key!.Value, client, answer);
            }
        }

        run.Plan!.Keeping = !made.IsKept ? AnswerKeeping.No : made.Answer!.IsPrivate ? AnswerKeeping.Private : AnswerKeeping.Shared;
        return made;
    }

    /// <summary>Forgets an answer, if it is still the one that is kept.</summary>
    public void Forget(RunningRequest run, in FlightKey key, ClientIdentity client, KeptAnswer answer)
    {
        store?.Remove(key, answer);
        shared?.Remove(run, key, client, answer);
    }

    /// <summary>By what a request's answer is found when it is to be forgotten.</summary>
    /// <param name="run">The request.</param>
    /// <param name="tags">What its sources said: the source, and a tag.</param>
    public static KeptLabels LabelsOf(RunningRequest run, IReadOnlyCollection<(string Source, string Tag)> tags) =>
        (run.Plan!.Labels ??= new PlanLabels(run.Plan.Plan!.Plan)).Of(run.Variables!, tags);

    /// <summary>What is in the way, as clients read it.</summary>
    public static string WordOf(CacheObstacle obstacle) => obstacle switch
    {
        CacheObstacle.NoStore => "no-store",
        CacheObstacle.NoCache => "no-cache",
        CacheObstacle.Stale => "stale",
        CacheObstacle.Varies => "vary",
        CacheObstacle.Status => "status",
        CacheObstacle.Tags => "tags",
        _ => "unsaid",
    };

    private MadeAnswer Judge(RunningRequest run, ResponseBody body, long client)
    {
        if (body.ErrorCount > 0 || body.IsDataNull || body.IsTimedOut)
        {
            return new MadeAnswer(null, MadeAnswer.Errors);
        }

        var policy = run.Policies!.All;
        if (policy.Obstacle != CacheObstacle.None)
        {
            return new MadeAnswer(null, WordOf(policy.Obstacle));
        }

        if (clock.GetTimestamp() >= policy.FreshUntil)
        {
            return new MadeAnswer(null, WordOf(CacheObstacle.Stale));
        }

        if (body.IsLarge)
        {
            return new MadeAnswer(null, MadeAnswer.TooLarge);
        }

        var output = new ArrayBufferWriter<byte>();
        body.WriteTo(output, ResultPosition.None);
        return new MadeAnswer(new KeptAnswer(new WholeResponse(output.WrittenSpan.ToArray()), policy, policy.IsPrivate ? client : 0, body.Cost, LabelsOf(run), clock), "");
    }

    private KeptLabels? LabelsOf(RunningRequest run) => invalidations is null || store is null ? null : LabelsOf(run, run.Policies!.Tags);

    private string Keep(RunningRequest run, KeptAnswer answer, FlightKey? key, KeptAnswer? old) =>
        invalidations?.IsForgotten(run.Policies!.Since, () => answer.Labels ?? LabelsOf(run, run.Policies!.Tags)) == true ? MadeAnswer.Invalidated
        : store is null || key is not { } place ? "off"
        : answer is { IsPrivate: true, Client: 0 } ? "private"
        : answer.Body.Length > maxBytes ? MadeAnswer.TooLarge
        : Invalidations.Keep(invalidations, store, place.For(answer.Client).Keep(), answer, run.Policies!.Since, old is null ? null : (place.For(old.Client), old));
}
