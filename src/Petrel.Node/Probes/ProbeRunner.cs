using Petrel.Client.Events;

namespace Petrel.Node.Probes;

/// <summary>Carries out one probe and reports what is worth an event.</summary>
internal sealed class ProbeRunner(IReadOnlyList<IProbeAction> actions, EventRecorder events)
{
    // A probe that cannot be carried out at all is tried this often before it is given up until its next time.
    private const int TriesMax = 3;

    public async Task<ProbeAnswer> RunAsync(ProbeTarget target, ProbeKind kind, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(target, cancellationToken);
        var text = answer.Kind switch
        {
            ProbeAnswerKind.Success => null,
            ProbeAnswerKind.Warning => $"{kind} probe warning: {answer.Text}",
            ProbeAnswerKind.Failure => $"{kind} probe failed: {answer.Text}",
            _ => $"{kind} probe errored and resulted in unknown state: {answer.Text}",
        };
        // A container that has ended meanwhile, or that is not probed any more, has nothing to report.
        if (text is not null && !cancellationToken.IsCancellationRequested)
        {
            var about = ObjectReferences.Of(target.Pod, PodContainers.FieldPath(target.Pod, target.Container));
            events.Record(about, "Warning", answer.Kind == ProbeAnswerKind.Warning ? "ProbeWarning" : "Unhealthy", text);
        }

        return answer;
    }

    private async Task<ProbeAnswer> TryAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        var action = actions.FirstOrDefault(each => each.Handles(target.Probe));
        if (action is null)
        {
            return ProbeAnswer.Error($"missing probe handler for {target.Pod.Metadata.Name}_{target.Pod.Metadata.Namespace}({target.Pod.Metadata.Uid}):{target.Container.Name}");
        }

        var answer = default(ProbeAnswer);
        for (var tries = 0; tries < TriesMax && !cancellationToken.IsCancellationRequested; tries++)
        {
            answer = await action.RunAsync(target, cancellationToken);
            if (answer.Kind != ProbeAnswerKind.Error)
            {
                break;
            }
        }

        return answer;
    }
}
