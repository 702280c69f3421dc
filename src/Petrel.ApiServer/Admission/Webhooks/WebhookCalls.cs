using Microsoft.Extensions.Logging;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Webhooks;
using Reviews = Petrel.Api.Admission;

namespace Petrel.ApiServer.Admission.Webhooks;

/// <summary>Asks webhooks about requests and weighs what they answer, or that they do not.</summary>
/// <param name="type">admit or validating: how metrics name what is done here.</param>
internal sealed partial class WebhookCalls(WebhookClient client, WebhookMetrics metrics, string type, TimeProvider time, ILogger logger)
{
    /// <param name="apply">Carries out an answer that allows the request; null where answers change nothing.</param>
    /// <exception cref="OperationCanceledException">The request has ended.</exception>
    public Task<WebhookOutcome> AskAsync(
        RegisteredWebhook webhook, AdmissionRequest request, WebhookQuestion question, Func<Reviews.AdmissionResponse, ValueTask>? apply, CancellationToken cancellationToken) =>
        NoteWaitAsync(request, () => AskOneAsync(webhook, request, question, apply, cancellationToken));

    /// <summary>Asks several at the same time, whose answers change nothing.</summary>
    /// <exception cref="OperationCanceledException">The request has ended.</exception>
    public Task<WebhookOutcome[]> AskAllAsync(IReadOnlyList<(RegisteredWebhook Webhook, WebhookQuestion Question)> asked, AdmissionRequest request, CancellationToken cancellationToken) =>
        NoteWaitAsync(request, () => Task.WhenAll(asked.Select(one => AskOneAsync(one.Webhook, request, one.Question, apply: null, cancellationToken))));

    private async Task<T> NoteWaitAsync<T>(AdmissionRequest request, Func<Task<T>> ask)
    {
        var begin = time.GetTimestamp();
        try
        {
            return await ask();
        }
        finally
        {
            request.AddWait(time.GetElapsedTime(begin));
        }
    }

    private async Task<WebhookOutcome> AskOneAsync(
        RegisteredWebhook webhook, AdmissionRequest request, WebhookQuestion question, Func<Reviews.AdmissionResponse, ValueTask>? apply, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        void Observe(bool isRejected, int code) => metrics.Asked(webhook.Name, type, request.Operation, isRejected, code, time.GetElapsedTime(begin));
        try
        {
            var response = await CallAsync(webhook, request, question, apply is not null, cancellationToken);
            foreach (var (key, value) in response.AuditAnnotations)
            {
                request.Annotate($"{webhook.Name}/{key}", value);
            }

            foreach (var warning in response.Warnings)
            {
                request.Warn(warning);
            }

            if (!response.Allowed)
            {
                var denial = WebhookAnswer.Denial(webhook.Name, response.Status);
                metrics.Rejected(webhook.Name, type, request.Operation, WebhookMetrics.NoError, denial.Code);
                Observe(isRejected: true, denial.Code);
                return new(new StatusException(denial));
            }

            if (apply is not null)
            {
                await apply(response);
            }

            Observe(isRejected: false, 200);
            return default;
        }
        catch (WebhookCallException unasked) when (webhook.FailsOpen)
        {
            Log.FailedOpen(logger, webhook.Name, unasked.Message);
            metrics.FailedOpen(webhook.Name, type);
            Observe(isRejected: false, unasked.Status.Code);
            cancellationToken.ThrowIfCancellationRequested();
            return new(null, FailedOpen: true);
        }
        catch (WebhookCallException unasked)
        {
            Log.FailedClosed(logger, webhook.Name, unasked.Message);
            metrics.Rejected(webhook.Name, type, request.Operation, WebhookMetrics.CallingError, unasked.Status.Code);
            Observe(isRejected: true, unasked.Status.Code);
            return new(unasked.ToRefusal());
        }
        catch (StatusException refusal)
        {
            metrics.Rejected(webhook.Name, type, request.Operation, WebhookMetrics.ServerError, 0);
            Observe(isRejected: true, 0);
            return new(refusal);
        }
    }

    private async Task<Reviews.AdmissionResponse> CallAsync(
        RegisteredWebhook webhook, AdmissionRequest request, WebhookQuestion question, bool isMutating, CancellationToken cancellationToken)
    {
        if (request.DryRun && !webhook.AllowsDryRun)
        {
            throw new StatusException(Statuses.BadRequest($"admission webhook {Api.Validation.GoSyntax.Quote(webhook.Name)} does not support dry run"));
        }

        var (json, uid, apiVersion) = question.For(webhook);
        try
        {
            var answer = await client.PostAsync(webhook.Address, json, webhook.Timeout, cancellationToken);
            return WebhookAnswer.Read(webhook.Name, answer, uid, apiVersion, isMutating);
        }
        catch (WebhookException unasked)
        {
            throw new WebhookCallException(webhook.Name, (unasked.IsMisconfigured ? "could not get REST client: " : "failed to call webhook: ") + unasked.Message, unasked.Status);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} could not be asked; the request goes on: {Problem}")]
        public static partial void FailedOpen(ILogger logger, string webhook, string problem);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} could not be asked; the request is refused: {Problem}")]
        public static partial void FailedClosed(ILogger logger, string webhook, string problem);
    }
}
