using Petrel.Api.ImagePolicy;

namespace Petrel.ApiServer.Admission.ImagePolicies;

/// <summary>Answers of the webhook by question, each for its time; those not used for longest are forgotten first.</summary>
internal sealed class RememberedAnswers(TimeProvider time)
{
    private const int CountMax = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Answer>> _answers = new(StringComparer.Ordinal);
    private readonly LinkedList<Answer> _byUse = new();

    public ImageReviewStatus? Find(string question)
    {
        lock (_lock)
        {
            if (!_answers.TryGetValue(question, out var node))
            {
                return null;
            }

            _byUse.Remove(node);
            if (node.Value.Until <= time.GetUtcNow())
            {
                _answers.Remove(question);
                return null;
            }

            _byUse.AddFirst(node);
            return node.Value.Status;
        }
    }

    public void Add(string question, ImageReviewStatus status, TimeSpan duration)
    {
        lock (_lock)
        {
            if (_answers.Remove(question, out var old))
            {
                _byUse.Remove(old);
            }
            else if (_answers.Count == CountMax)
            {
                _answers.Remove(_byUse.Last!.Value.Question);
                _byUse.RemoveLast();
            }

            _answers[question] = _byUse.AddFirst(new Answer(question, status, time.GetUtcNow() + duration));
        }
    }

    private sealed record Answer(string Question, ImageReviewStatus Status, DateTimeOffset Until);
}
