using Petrel.Api.Core;
using Petrel.Node.Http;

namespace Petrel.Node.Probes.Actions;

/// <summary>An HTTP GET, which is to be answered with a status from 200 to 399.</summary>
internal sealed class HttpProbe(HttpGetClient http, ProbeOptions options, TimeProvider time) : IProbeAction
{
    /// <inheritdoc/>
    public bool Handles(Probe probe) => probe.HttpGet is not null;

    /// <inheritdoc/>
    public async Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        HttpGetRequest request;
        try
        {
            request = HttpGetRequest.Of(target.Probe.HttpGet!, target.Container, target.PodAddress, $"kube-probe/{options.Version}");
        }
        catch (FormatException exception)
        {
            return ProbeAnswer.Error(exception.Message);
        }

        using var timeout = new CancellationTokenSource(target.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var (status, body) = await http.GetAsync(request, either.Token);
            return status switch
            {
                >= 200 and < 300 => ProbeAnswer.Success,
                >= 300 and < 400 => new ProbeAnswer(ProbeAnswerKind.Warning, $"Probe terminated redirects, Response body: {body}"),
                _ => ProbeAnswer.Failure($"HTTP probe failed with statuscode: {status}"),
            };
        }
        catch (HttpGetException exception)
        {
            return ProbeAnswer.Failure(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ProbeAnswer.Failure(HttpGetException.Of(request.Address, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)").Message);
        }
    }
}
