namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// What is asked about a graph. Its answer hangs on those to others, which may in turn hang on it: it begins with what is true in any case, and
/// gets better as theirs do. One <see cref="Questions"/> asks it, on one thread.
/// </summary>
public abstract class Question
{
    private HashSet<Question>? readers;

    /// <summary>Its answer gets no better any more.</summary>
    public bool IsSettled { get; private set; }

    // It was asked, so that its answer is right as far as those are that it hangs on.
    internal bool IsKnown { get; set; }

    // It is going to be asked (again).
    internal bool IsWaiting { get; set; }

    internal IEnumerable<Question> Readers => readers ?? [];

    /// <summary>Notes that another question is to be asked again when the answer to this one gets better.</summary>
    /// <param name="reader">The one whose answer hangs on this one's; itself counts for nothing.</param>
    public void AddReader(Question reader)
    {
        if (reader != this)
        {
            (readers ??= []).Add(reader);
        }
    }

    /// <summary>Finds the answer anew from the answers to others as they are by now; each that is looked at goes through <see cref="Questions.Read"/>.</summary>
    public abstract void Ask();

    /// <summary>Takes back what <see cref="Ask"/> found: it hung on a question that had not been asked.</summary>
    public abstract void Undo();

    /// <summary>Takes what <see cref="Ask"/> found for the answer where it is better; true when it is.</summary>
    public abstract bool Keep();

    /// <summary>Called once, when the answer is right.</summary>
    public virtual void Settle()
    {
        IsSettled = true;
        readers = null;
    }
}

/// <summary>
/// Answers questions that hang on each other in circles: the least fixed point of all of them together, by a list of those that are to be asked
/// again, since an answer got better on which theirs hang. As long as there is no circle a question is asked when all that it hangs on have
/// been. Answers only get better, each a limited number of times: the work grows with the number of questions and of those that each hangs on.
/// </summary>
public sealed class Questions
{
    private readonly Stack<Question> open = new();
    private readonly Queue<Question> again = new();
    private readonly List<Question> unsettled = [];
    private Question? asking;

    /// <summary>How often a question was asked, over all.</summary>
    public int AskedCount { get; private set; }

    /// <summary>How many questions there are whose answers can still get better.</summary>
    public int UnsettledCount => unsettled.Count;

    /// <summary>The answer to a question is going to be read: from outside, then it is right afterwards, or by the one that is being asked, as far as it is known.</summary>
    /// <param name="question">Asked if it was not yet.</param>
    public void Read(Question question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.IsSettled)
        {
            return;
        }

        if (asking is not null)
        {
            question.AddReader(asking);
        }

        if (question is { IsKnown: false, IsWaiting: false })
        {
            question.IsWaiting = true;
            open.Push(question);
            unsettled.Add(question);
        }

        if (asking is null)
        {
            Settle();
        }
    }

    private void Settle()
    {
        while (open.Count + again.Count > 0)
        {
            AskNext();
        }

        unsettled.ForEach(static question => question.Settle());
        unsettled.Clear();
    }

    private void AskNext()
    {
        var isOpen = open.TryPeek(out var question);
        question ??= again.Dequeue();
        var openCount = open.Count;
        asking = question;
        question.Ask();
        asking = null;
        AskedCount++;
        if (open.Count > openCount)
        {
            // Those that it hangs on first.
            question.Undo();
            if (!isOpen)
            {
                again.Enqueue(question);
            }

            return;
        }

        if (isOpen)
        {
            open.Pop();
        }

        question.IsKnown = true;
        question.IsWaiting = false;
        foreach (var reader in question.Keep() ? question.Readers : [])
        {
            if (!reader.IsWaiting)
            {
                reader.IsWaiting = true;
                again.Enqueue(reader);
            }
        }
    }
}
