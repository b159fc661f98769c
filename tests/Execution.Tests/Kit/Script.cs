using System.Buffers;
using System.Text;
using GraphGateway.TestKit;

namespace GraphGateway.Execution.Tests;

/// <summary>What a source answers in a test.</summary>
internal sealed record Answer(byte[] Body, int Status = 200, SubgraphOutcome Outcome = SubgraphOutcome.Received)
{
    public static implicit operator Answer(string body) => new(Encoding.UTF8.GetBytes(body));

    public static implicit operator Answer(SubgraphOutcome outcome) => new([], 0, outcome);

    public static Answer WithStatus(int status, string body) => new(Encoding.UTF8.GetBytes(body), status);
}

/// <summary>
/// Sources that answer one after the other what the test has written down, by the number of the step that asks; and remember what they
/// were asked.
/// </summary>
internal sealed class Script
{
    private readonly Func<int, string, Answer> answer;

    public Script(params (int Step, Answer Answer)[] answers)
    {
        var byStep = answers.GroupBy(answer => answer.Step)
            .ToDictionary(group => group.Key, group => new Queue<Answer>(group.Select(answer => answer.Answer)));
        answer = (step, _) => byStep[step].Dequeue();
    }

    /// <summary>Answers by the number of the step and the request's body.</summary>
    public Script(Func<int, string, Answer> answer) => this.answer = answer;

    /// <summary>The bodies in the order in which they came, source's name before each.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What was answered, each with the number of its step before it.</summary>
    public List<string> Answers { get; } = [];

    public Answer Next(string source, string body)
    {
        Requests.Add($"{source} {body}");
        var start = body.IndexOf("{ step", StringComparison.Ordinal) + "{ step".Length;
        var step = int.Parse(body.AsSpan(start, body.IndexOf(' ', start) - start));
        var next = answer(step, body);
        Answers.Add($"{step}: {next.Outcome} {next.Status} {Encoding.UTF8.GetString(next.Body)}");
        return next;
    }
}

/// <summary>The script as the transport of the executor under test.</summary>
/// <param name="script">The answers.</param>
/// <param name="order">The order in which they come; null: that in which they are asked for.</param>
internal sealed class ScriptTransport(Script script, AnswerOrder? order = null) : ISubgraphTransport
{
    private readonly AnswerOrder order = order ?? AnswerOrder.AsAsked;

    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        var answer = script.Next(request.Source.Name, Encoding.UTF8.GetString(request.Body.Span));
        await order.TurnAsync().ConfigureAwait(false);
        if (answer.Outcome != SubgraphOutcome.Received)
        {
            return SubgraphResponse.Failed(answer.Outcome);
        }

        var pooled = ArrayPool<byte>.Shared.Rent(answer.Body.Length);
        answer.Body.CopyTo(pooled, 0);
        return SubgraphResponse.Received(answer.Status, "application/json", pooled, answer.Body.Length);
    }
}
