// Sends the query to the gateway that this page came from and shows the answer as it is.
const form = document.getElementById('form');
const query = document.getElementById('query');
const variables = document.getElementById('variables');
const answer = document.getElementById('answer');
const endpoint = location.pathname.replace(/\/$/, '');

async function run() {
  let body;
  try {
    body = { query: query.value, variables: variables.value.trim() ? JSON.parse(variables.value) : undefined };
  } catch (error) {
    answer.textContent = `The variables are not JSON: ${error.message}`;
    return;
  }
  answer.textContent = '...';
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json', 'GraphQL-Preflight': '1' },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    try {
      answer.textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      answer.textContent = `${response.status} ${response.statusText}\n${text}`;
    }
  } catch (error) {
    answer.textContent = `The gateway does not answer: ${error.message}`;
  }
}

form.addEventListener('submit', (event) => { event.preventDefault(); run(); });
form.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); } });
